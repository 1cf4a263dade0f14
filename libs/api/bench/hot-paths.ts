// What the API's rules cost per object.   node libs/api/bench/hot-paths.ts
import { Bench } from 'tinybench';
import {
  applyMergePatch,
  applyStrategicMergePatch,
  decode,
  kinds,
  matchesLabels,
  parseFieldSelector,
  matchesFields,
  parseLabelSelector,
  podRequests,
  type V1ConfigMap,
} from '../src/index.ts';
import { exampleOf, examplePod } from '../src/testing/index.ts';

const bench = new Bench({ time: 300, warmupTime: 200 });
const text = JSON.stringify(examplePod());
const pod = examplePod();
kinds.pod.defaults(pod);
const deployment = exampleOf(kinds.deployment);
const labels = parseLabelSelector('app=web,tier in (front,back),!canary');
const fields = parseFieldSelector(kinds.pod, 'spec.nodeName=n1,status.phase!=Failed');
const configMapText = JSON.stringify({
  ...exampleOf(kinds.configMap),
  data: { 'app.conf': 'x'.repeat(1024) },
});
const patch = { spec: { containers: [{ name: 'main', image: 'registry.example.com/web:1.3' }] } };

bench
  .add('parse the JSON of a pod', () => void JSON.parse(text))
  .add('parse + decode a pod', () => void decode('V1Pod', JSON.parse(text)))
  .add('parse + decode + defaults + validate a pod', () => {
    const object = JSON.parse(text) as typeof pod;
    decode('V1Pod', object);
    kinds.pod.defaults(object);
    kinds.pod.validate(object);
  })
  .add('defaults + validate a defaulted pod', () => {
    kinds.pod.defaults(pod);
    kinds.pod.validate(pod);
  })
  .add('defaults + validate a deployment', () => {
    kinds.deployment.defaults(deployment);
    kinds.deployment.validate(deployment);
  })
  .add('parse + decode + create checks of a ConfigMap of 1 KB', () => {
    const object = JSON.parse(configMapText) as ReturnType<typeof exampleOf<V1ConfigMap>>;
    decode('V1ConfigMap', object);
    kinds.configMap.defaults(object);
    kinds.configMap.prepareForCreate(object);
    kinds.configMap.validate(object);
    kinds.configMap.validateCreate(object);
  })
  .add('podRequests', () => void podRequests(pod))
  .add('matchesLabels, 3 terms', () => void matchesLabels(labels, pod.metadata.labels))
  .add('matchesFields, 2 terms', () => void matchesFields(fields, pod))
  .add('strategic merge patch of an image', () => void applyStrategicMergePatch('V1Pod', pod, patch))
  .add('merge patch of a label', () => void applyMergePatch(pod, { metadata: { labels: { a: 'b' } } }));

await bench.run();
for (const { name, result } of bench.tasks)
  if ('latency' in result)
    console.log(`${name.padEnd(46)} ${(result.latency.mean * 1000).toFixed(2).padStart(8)} µs`);
