import type { ObjectName } from '@gantry/api';
import type { Exchange } from '../exchange.ts';

/** The object that the URL names. */
export function nameIn({ info: { namespace, name } }: Exchange): ObjectName {
  return namespace ? { namespace, name } : { name };
}
