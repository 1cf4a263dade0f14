import { humanDuration, type CoreV1Event, type KubeObject, type Stored } from '@gantry/api';
import { labelsOf, type Surroundings } from './common.ts';
import { describeConfigMap, describeSecret } from './data.ts';
import { describeDeployment } from './deployment.ts';
import { describeNode } from './node.ts';
import { describePod } from './pod.ts';
import { describeService } from './service.ts';
import { DescriptionWriter } from './writer.ts';

/** A long text about one object for people to read, like kubectl's; kinds without one of their own get their fields as an outline. */
export function describe(object: Stored<KubeObject>, around: Surroundings): string {
  const out = new DescriptionWriter();
  const { metadata, kind } = object;
  out.field('Name', metadata.name);
  if (metadata.namespace) out.field('Namespace', metadata.namespace);
  switch (kind) {
    case 'Pod':
      describePod(out, object as Parameters<typeof describePod>[1]);
      break;
    case 'Node':
      describeNode(out, object as Parameters<typeof describeNode>[1], around);
      break;
    case 'Service':
      describeService(out, object as Parameters<typeof describeService>[1], around);
      break;
    case 'Deployment':
      describeDeployment(out, object as Parameters<typeof describeDeployment>[1], around);
      break;
    case 'ConfigMap':
      describeConfigMap(out, object);
      break;
    case 'Secret':
      describeSecret(out, object);
      break;
    default:
      labelsOf(out, object);
      outline(out, object);
  }
  describeEvents(out, around);
  return out.toString();
}

/** Any object's members, one below the other. */
function outline(out: DescriptionWriter, object: object): void {
  const visit = (value: object, indent: number) => {
    for (const [key, each] of Object.entries(value)) {
      const label = key.replace(/[A-Z]/g, ' $&').replace(/^./, (first) => first.toUpperCase());
      if (each === null || typeof each !== 'object') out.field(label, each, indent);
      else if (Array.isArray(each) && each.every((item) => typeof item !== 'object'))
        out.field(label, each, indent);
      else {
        out.title(label, indent);
        for (const item of Array.isArray(each) ? each : [each]) visit(item as object, indent + 2);
      }
    }
  };
  const { metadata, ...rest } = object as KubeObject;
  visit({ creationTimestamp: metadata.creationTimestamp, ...rest }, 0);
}

function describeEvents(out: DescriptionWriter, { events, nowMs }: Surroundings): void {
  if (!events) return;
  if (events.length === 0) return out.field('Events', undefined);
  out.title('Events');
  const at = (event: CoreV1Event) =>
    Date.parse(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '');
  out.table(
    ['Type', 'Reason', 'Age', 'From', 'Message'],
    [...events]
      .sort((a, b) => at(a) - at(b))
      .map((event) => [
        event.type ?? '',
        event.reason ?? '',
        humanDuration(nowMs - at(event)) + ((event.count ?? 1) > 1 ? ` (x${event.count})` : ''),
        event.source?.component ?? event.reportingComponent ?? '',
        event.message?.trim() ?? '',
      ]),
  );
}
