import { ServerFaults } from '../../kit/fault-queue'
import type { DatabaseAction } from './database-actions'

/** `before` or `after` the action had its effect on the database. */
type When = 'before' | 'after'

/** A fault injected into one database action. */
export type DatabaseFault = {
  /** the fault hits only an action on this collection; any action when absent */
  collection?: string
} & (
  | /** the action has its effect this many ms later, even when the caller no longer waits */
    { kind: 'delay'; ms: number }
  /** no reply is ever sent */
  | { kind: 'silence'; when: When }
  /** the connection breaks */
  | { kind: 'reset'; when: When }
  /**
   * the reply is this code, such as DATABASE_REQUEST_FAILED, `before` the effect when absent; the
   * SDK turns an unknown code into errCode -501001
   */
  | { kind: 'fail'; code: string; message?: string; when?: When }
)

/** Injects faults and latency between the functions and the database. */
export class DatabaseFaults extends ServerFaults<DatabaseAction, DatabaseFault> {}
