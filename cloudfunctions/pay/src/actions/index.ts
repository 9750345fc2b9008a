import type { PayAction } from '../../../../typings/contract'
import type { Action } from './action'
import { closeorder } from './closeorder'
import { deleteorder } from './deleteorder'
import { orderquery } from './orderquery'
import { payorder } from './payorder'
import { queryrefund } from './queryrefund'
import { refund } from './refund'
import { unifiedorder } from './unifiedorder'

/** Every action of `pay`. A new one needs a file here and its request in typings/contract.d.ts. */
export const actions: { readonly [A in PayAction]: Action<A> } = {
  unifiedorder,
  orderquery,
  payorder,
  closeorder,
  refund,
  queryrefund,
  deleteorder,
}

export const ACTION_NAMES = Object.keys(actions) as readonly PayAction[]

export const isAction = (name: unknown): name is PayAction =>
  ACTION_NAMES.some((known) => known === name)
