import { checks } from './checks'
import type { Patch } from './patched-shop'

/** A mistake that somebody could make, the money rule that it breaks, and what finds that. */
export interface Bug extends Patch {
  name: string
  rule: number
  foundBy: keyof typeof checks
}

export const bugs: readonly Bug[] = [
  {
    name: 'no owner check',
    rule: 8,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/adapters/cloud.ts',
    replace: 'orders.where({ _id: out_trade_no, ...owner })',
    by: 'orders.where({ _id: out_trade_no })',
  },
  {
    name: 'return_code is believed alone',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/adapters/wechat-pay.ts',
    replace: "if (result_code === 'SUCCESS') return",
    by: "if (return_code === 'SUCCESS') return",
  },
  {
    name: 'compare-and-set on the status alone',
    rule: 4,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/adapters/cloud.ts',
    replace: `async compareAndSet({ _id, rev }, changes) {
      const unchanged = orders.where({ _id, rev, ...owner })`,
    by: `async compareAndSet({ _id, status }, changes) {
      const unchanged = orders.where({ _id, status, ...owner })`,
  },
  {
    name: 'an update without a condition',
    rule: 4,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/adapters/cloud.ts',
    replace: 'orders.where({ _id, rev, ...owner })',
    by: 'orders.where({ _id, ...owner })',
  },
  {
    name: 'any amount is credited',
    rule: 2,
    foundBy: 'ways through the functions',
    file: 'cloudfunctions/pay/src/facts.ts',
    replace: "if (paid_fee !== order.total_fee) return { kind: 'otherAmount', paid_fee }",
    by: '',
  },
  {
    name: 'the refund is asked for before its intent is written',
    rule: 1,
    foundBy: 'crashes of refund',
    file: 'cloudfunctions/pay/src/actions/refund.ts',
    replace: "const asked = await change(ports, order, 'refund'",
    by: `if (order.status === 1) {
      await ports.wechatPay.refund(order, nextRefund(order, ports.now()))
    }
    const asked = await change(ports, order, 'refund'`,
  },
  {
    name: 'one fixed out_refund_no',
    rule: 6,
    foundBy: 'the timer meets queryrefund',
    file: 'cloudfunctions/pay/src/order.ts',
    replace: '`${order.out_trade_no}-${attempt}`',
    by: '`${order.out_trade_no}-1`',
  },
  {
    name: 'a refund in CHANGE counts as refunded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "if (state === 'SUCCESS') {",
    by: "if (state === 'SUCCESS' || state === 'CHANGE') {",
  },
  {
    name: 'a trade in REFUND counts as refunded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "case 'paid':",
    by: `case 'paid':
        if (fact.refunds && now.status === 3 && now.refund) {
          return move('settleRefund', { refund: { ...now.refund, state: 'SUCCESS' } })
        }`,
  },
  {
    name: 'refunded when the query merely succeeded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "if (state === 'SUCCESS') {",
    by: 'if (state) {',
  },
  {
    name: 'a message is sent without a claim',
    rule: 7,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/telling.ts',
    replace: 'if (!isClaimedBy(ports, order)) return order',
    by: "if (!order.message || order.message.state === 'sent') return order",
  },
  {
    name: 'a message that was perhaps sent is sent again',
    rule: 7,
    foundBy: 'crashes of payorder',
    file: 'cloudfunctions/pay/src/telling.ts',
    replace: "if (outcome === 'unknown') return order",
    by: `if (outcome === 'unknown') {
      return change(ports, order, 'message', () => ({ message: { event: 'paid', state: 'owed' } }))
    }`,
  },
  {
    name: 'the attempt grows with every refund',
    rule: 1,
    foundBy: 'refund meets orderquery',
    file: 'cloudfunctions/pay/src/order.ts',
    replace: "last?.state === 'REFUNDCLOSE' ? 1 : 0",
    by: 'last !== undefined ? 1 : 0',
  },
  {
    name: 'ORDERNOTEXIST closes before the order expired',
    rule: 6,
    foundBy: 'unifiedorder meets orderquery',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'fact.asked_at > now.expires_at',
    by: 'true',
  },
  {
    name: 'a payment that is found after expiry is ignored',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "if (order.status === 0) return move('pay'",
    by: "if (order.status === 0 && ports.now() < order.expires_at) return move('pay'",
  },
  {
    name: 'closed because it was asked for',
    rule: 6,
    foundBy: 'closeorder meets the payer',
    file: 'cloudfunctions/pay/src/look.ts',
    replace: 'return settlePayment(ports, order, await askPayment(ports, order))',
    by: "return settlePayment(ports, order, { kind: 'closed' })",
  },
  {
    name: 'the paySign is given away before the row has it',
    rule: 5,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/actions/unifiedorder.ts',
    replace: '  const signed = await change(',
    by: '  if (ports.now()) return { ...order, ...payable, sign }\n  const signed = await change(',
  },
  {
    name: 'a closed order can be refunded',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/actions/refund.ts',
    replace: `if (now.status !== 1) return undefined
    const requested_at = ports.now()
    if (requested_at > (now.paid_at ?? 0) +`,
    by: `if (now.status !== 1 && now.status !== 2) return undefined
    const requested_at = ports.now()
    if (requested_at > (now.paid_at ?? requested_at) +`,
  },
  {
    name: 'every tap has its own order number',
    rule: 3,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/actions/unifiedorder.ts',
    replace: 'orderNumber(ports, key)',
    by: 'orderNumber(ports, ports.nonce())',
  },
  {
    name: 'nobody looks again at a new order',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/order.ts',
    replace: '    next_check_at: expires_at,\n',
    by: '',
  },
  {
    name: 'a late payment is kept',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'if (order.status === 2) {',
    by: 'if (order.status === 2) return undefined\n  if (order.status === 2) {',
  },
  {
    name: 'refunded by hand in part counts as refunded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'if (sum !== order.total_fee) return noted',
    by: '',
  },
  {
    name: 'a closed refund stays under way',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "? move('callOffRefund', { refund: changed })",
    by: '? { refund: changed }',
  },
  {
    name: 'a write does not raise rev',
    rule: 4,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/change.ts',
    replace: 'rev: order.rev + 1',
    by: 'rev: order.rev',
  },
]

/** The one that is not in the shop's code: phones may add goods and change those they added. */
export const writableGoods: Patch = {
  file: 'cloud/database/permissions.json',
  replace: 'ADMINWRITE',
  by: 'READONLY',
}
