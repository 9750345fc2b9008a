import { refresh } from '../finish'
import { orderAction } from './action'

/** Shows the order as WeChat knows it, and finishes what is left to do. */
export const orderquery = orderAction((ports, { out_trade_no }) => refresh(ports, out_trade_no))
