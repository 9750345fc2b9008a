import { refresh } from '../finish'
import { claimedMessage } from '../message'
import { orderAction } from './action'

/**
 * Settles the order after wx.requestPayment, and sends the payer the paid message if this call is the
 * one that settles the payment.
 */
export const payorder = orderAction((ports, { out_trade_no }) =>
  refresh(ports, out_trade_no, claimedMessage(ports)),
)
