import type { PayAction } from '../../../typings/contract'
import type { Scenario } from './scenario'
import { closeorder } from './scenarios/closeorder'
import { deleteorder } from './scenarios/deleteorder'
import { notify } from './scenarios/notify'
import { orderquery } from './scenarios/orderquery'
import { payorder } from './scenarios/payorder'
import { queryrefund } from './scenarios/queryrefund'
import { reconcile } from './scenarios/reconcile'
import { refund } from './scenarios/refund'
import { unifiedorder } from './scenarios/unifiedorder'

/** Every action, the notifications and the timer, with every way through it. */
export const functions: {
  readonly [Name in PayAction | 'notify' | 'reconcile']: Scenario[]
} = {
  unifiedorder,
  orderquery,
  payorder,
  closeorder,
  refund,
  queryrefund,
  deleteorder,
  notify,
  reconcile,
}
