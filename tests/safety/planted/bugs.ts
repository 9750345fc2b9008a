import type { checks } from './checks'
import type { Patch } from './patched-shop'

/** A plausible bug, the money rule that it breaks, and the check that finds it. */
export interface Bug extends Patch {
  name: string
  rule: number
  foundBy: keyof typeof checks
}

export const BUGS: readonly Bug[] = [
  {
    name: 'no owner check',
    rule: 8,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/adapters/cloud.ts',
    replace: 'orders.where({ _id: out_trade_no, ...owner })',
    by: 'orders.where({ _id: out_trade_no })',
  },
  {
    name: 'only return_code is checked',
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
    foundBy: 'scenarios without faults',
    file: 'cloudfunctions/pay/src/facts.ts',
    replace: "if (paid_fee !== order.total_fee) return { kind: 'otherAmount', paid_fee }",
    by: '',
  },
  {
    name: 'the refund is requested before its intent is written',
    rule: 1,
    foundBy: 'the order of the port calls of refund',
    file: 'cloudfunctions/pay/src/actions/refund.ts',
    replace: "const { order: requested, wrote } = await change(ports, order, 'refund'",
    by: `const first = order.status === STATUS.PAID ? shopperRefund(order, ports.now(), ports.settings) : undefined
    if (first) await ports.wechatPay.refund(order, first.refund)
    const { order: requested, wrote } = await change(ports, order, 'refund'`,
  },
  {
    name: 'one fixed out_refund_no',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/refunds.ts',
    replace: '`${order.out_trade_no}-${attempt}`',
    by: '`${order.out_trade_no}-1`',
  },
  {
    name: 'a refund in CHANGE counts as refunded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'const isAllRefunded = refundedFee(next) === order.total_fee',
    by: "const isAllRefunded = refund?.state === 'CHANGE' || refundedFee(next) === order.total_fee",
  },
  {
    name: 'a trade in REFUND counts as refunded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "case 'paid':",
    by: `case 'paid':
        if (fact.hasRefunds && order.status === STATUS.REFUNDING && order.refund) {
          return move('completeRefund', { refund: { ...order.refund, state: 'SUCCESS' } })
        }`,
  },
  {
    name: 'refunded when the query merely succeeded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'const isAllRefunded = refundedFee(next) === order.total_fee',
    by: 'const isAllRefunded = refund !== undefined || refundedFee(next) === order.total_fee',
  },
  {
    name: 'a message is sent without a claim',
    rule: 7,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/message.ts',
    replace: 'if (!isClaimedBy(ports, order)) return order',
    by: "if (!order.message || order.message.state === 'sent') return order",
  },
  {
    name: 'a message with unknown outcome is sent again',
    rule: 7,
    foundBy: 'crashes of payorder',
    file: 'cloudfunctions/pay/src/message.ts',
    replace: "if (outcome === 'unknown') return order",
    by: `if (outcome === 'unknown') {
      return change(ports, order, 'message', () => ({ message: { event: 'paid', state: 'owed' } }))
    }`,
  },
  {
    name: 'ORDERNOTEXIST closes before the order expired',
    rule: 6,
    foundBy: 'unifiedorder meets orderquery',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'queried_at <= order.expires_at',
    by: 'false',
  },
  {
    name: 'a payment that is found after expiry is ignored',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "if (order.status === STATUS.UNPAID) return move('pay'",
    by: "if (order.status === STATUS.UNPAID && now < order.expires_at) return move('pay'",
  },
  {
    name: 'closed as soon as closing was requested',
    rule: 6,
    foundBy: 'closeorder meets the payer',
    file: 'cloudfunctions/pay/src/finish.ts',
    replace: 'return settleFact(ports, order, await queryPayment(ports, order))',
    by: "return settleFact(ports, order, { kind: 'closed' })",
  },
  {
    name: 'the paySign is returned before the row stores it',
    rule: 5,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/actions/unifiedorder.ts',
    replace: '  const { order: signed } = await change(',
    by: '  if (ports.now()) return { ...order, ...payable, sign }\n  const { order: signed } = await change(',
  },
  {
    name: 'a closed order can be refunded',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/actions/refund.ts',
    replace: 'current.status === STATUS.PAID\n',
    by: 'current.status === STATUS.PAID || current.status === STATUS.CLOSED\n',
  },
  {
    name: 'every tap has its own order number',
    rule: 3,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/actions/unifiedorder.ts',
    replace: 'orderNumberOf(ports, key)',
    by: 'orderNumberOf(ports, ports.nonce())',
  },
  {
    name: 'a new order is never due',
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
    replace: 'if (order.status === STATUS.CLOSED) {',
    by: 'if (order.status === STATUS.CLOSED) return undefined\n  if (order.status === STATUS.CLOSED) {',
  },
  {
    name: 'refunded by hand in part counts as refunded',
    rule: 1,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: 'const isAllRefunded = refundedFee(next) === order.total_fee',
    by: 'const isAllRefunded = refundedFee(next) > 0',
  },
  {
    name: 'only the first page of refunds is read',
    rule: 1,
    foundBy: 'scenarios without faults',
    file: 'cloudfunctions/pay/src/query.ts',
    replace: 'if (page.refunds.length < REFUNDS_PER_PAGE || refunds.length === page.total) break',
    by: 'if (first) return { ...first, isComplete: true }',
  },
  {
    name: 'a closed refund stays open',
    rule: 6,
    foundBy: 'histories',
    file: 'cloudfunctions/pay/src/settle.ts',
    replace: "return order.closed_at === undefined ? move('returnToPaid', changes ?? {}) : changes",
    by: 'return changes',
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

/** A bug in the permissions: phones may add goods and change those that they added. */
export const WRITABLE_GOODS: Patch = {
  file: 'cloud/database/permissions.json',
  replace: 'ADMINWRITE',
  by: 'READONLY',
}
