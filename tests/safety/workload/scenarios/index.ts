import type { PayAction } from '../../../../typings/contract'
import { closeorder } from './closeorder'
import { deleteorder } from './deleteorder'
import { notify } from './notify'
import { orderquery } from './orderquery'
import { payorder } from './payorder'
import { queryrefund } from './queryrefund'
import { reconcile } from './reconcile'
import { refund } from './refund'
import type { Scenario } from './scenario'
import { unifiedorder } from './unifiedorder'

/** The scenarios of every action, of the notifications and of the timer: every path through each. */
export const scenarios: {
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
