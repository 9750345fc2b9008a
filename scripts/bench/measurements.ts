import { coldStart } from './cold-start'
import { documents } from './documents'
import type { Measurement } from './measurement'
import { packageSize } from './package-size'
import { reconcile } from './reconcile'
import { remoteCalls } from './remote-calls'
import { start } from './start'

/** Everything that `npm run bench` measures, by the name that a person types. */
export const MEASUREMENTS = {
  'cold-start': coldStart,
  'remote-calls': remoteCalls,
  reconcile,
  documents,
  start,
  'package-size': packageSize,
} as const satisfies Record<string, Measurement>
