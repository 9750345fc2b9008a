import { Store } from '../../../../simulator/kit/store'
import { answerRequest } from '../../../../simulator/wechat-pay/endpoints'
import { Ledger } from '../../../../simulator/wechat-pay/ledger'
import type { GatewayLogEntry } from '../../../../simulator/wechat-pay/log'
import {
  Notifications,
  type NotificationsOptions,
} from '../../../../simulator/wechat-pay/notifications'
import { appid, order, payer } from '../support'

export const account = { appid, mch_id: '1600000001', key: '192006250b4c09247ec02edce69f6a2d' }
const { out_trade_no } = order
export const taken = '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>'
export const refused = '<xml><return_code><![CDATA[FAIL]]></return_code></xml>'

/** A merchant that acknowledges every notification until a test changes that; time stands still. */
export function setUp(options: Partial<NotificationsOptions> = {}, store = Store.open()) {
  const time = { now: Date.UTC(2026, 0, 1, 4) }
  const clock = { now: () => time.now }
  const ledger = new Ledger({ store, clock })
  const posts: { url: string; body: string }[] = []
  const log: GatewayLogEntry[] = []
  const merchant = { status: 200, body: taken }
  const notifications = new Notifications({
    store,
    ledger,
    account,
    clock,
    deliver: async (url, body) => {
      posts.push({ url, body })
      return merchant
    },
    log: (entry) => void log.push(entry),
    ...options,
  })
  const pay = (fields: object = {}) => {
    answerRequest(ledger, 'unifiedorder', { ...order, ...fields })
    ledger.pay(ledger.trade(out_trade_no)!.prepay_id, payer)
  }
  const refund = (fields: object = {}) => {
    const fees = { total_fee: order.total_fee, refund_fee: order.total_fee }
    answerRequest(ledger, 'refund', { out_trade_no, out_refund_no: 'refund-1', ...fees, ...fields })
  }
  /** Moves the time by so many ms, sends what is due and waits for the answers. */
  const pass = async (ms: number) => {
    time.now += ms
    notifications.sendDue()
    await notifications.settled()
  }
  return { store, ledger, notifications, posts, log, merchant, time, pay, refund, pass }
}

/** A merchant whose trade is paid, with notifications going out. */
export function setUpPaid(options: Partial<NotificationsOptions> = {}) {
  const all = setUp(options)
  all.pay()
  all.notifications.release()
  return all
}
