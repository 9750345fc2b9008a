import { ServerFaults } from '../../kit/fault-queue'
import type { DatabaseAction } from './database-actions'

/** `before` or `after` the action had its effect on the database. */
type When = 'before' | 'after'

/** What goes wrong with one action of the database. */
export type DatabaseFault = {
  /** only an action on this collection meets the fault; any does when absent */
  collection?: string
} & (
  | /** the action has its effect so many ms later, also when the caller waits no longer */
    { kind: 'delay'; ms: number }
  /** no answer ever comes */
  | { kind: 'silence'; when: When }
  /** the connection breaks */
  | { kind: 'reset'; when: When }
  /**
   * the answer is this code, such as DATABASE_REQUEST_FAILED, `before` the effect when absent; of a
   * code that it does not know the SDK makes errCode -501001
   */
  | { kind: 'fail'; code: string; message?: string; when?: When }
)

/** What goes wrong between the functions and the database: the faults in store, and latency. */
export class DatabaseFaults extends ServerFaults<DatabaseAction, DatabaseFault> {}
