import { refresh } from '../finish'
import { orderAction } from './action'

/** Brings the order up to date with WeChat, completes pending work, and returns it. */
export const orderquery = orderAction((ports, { out_trade_no }) => refresh(ports, out_trade_no))
