import { Store } from '../../../../simulator/kit/store'
import { handleRequest } from '../../../../simulator/wechat-pay/endpoints'
import { Ledger } from '../../../../simulator/wechat-pay/ledger'
import type { GatewayLogEntry } from '../../../../simulator/wechat-pay/log'
import {
  Notifications,
  type NotificationsOptions,
} from '../../../../simulator/wechat-pay/notifications'
import { APPID, ORDER, PAYER_OPENID } from '../support'

export const ACCOUNT = {
  appid: APPID,
  mch_id: '1600000001',
  key: '192006250b4c09247ec02edce69f6a2d',
}
const { out_trade_no } = ORDER
export const ACKNOWLEDGEMENT = '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>'
export const REFUSAL = '<xml><return_code><![CDATA[FAIL]]></return_code></xml>'

/** Creates a merchant that acknowledges every notification; only a test advances the time. */
export function setUp(options: Partial<NotificationsOptions> = {}, store = Store.open()) {
  const time = { now: Date.UTC(2026, 0, 1, 4) }
  const clock = { now: () => time.now }
  const ledger = new Ledger({ store, clock })
  const posts: { url: string; body: string }[] = []
  const log: GatewayLogEntry[] = []
  const merchant = { status: 200, body: ACKNOWLEDGEMENT }
  const notifications = new Notifications({
    store,
    ledger,
    account: ACCOUNT,
    clock,
    deliver: async (url, body) => {
      posts.push({ url, body })
      return merchant
    },
    log: (entry) => void log.push(entry),
    ...options,
  })
  const pay = (fields: object = {}) => {
    handleRequest(ledger, 'unifiedorder', { ...ORDER, ...fields })
    ledger.pay(ledger.trade(out_trade_no)!.prepay_id, PAYER_OPENID)
  }
  const refund = (fields: object = {}) => {
    const fees = { total_fee: ORDER.total_fee, refund_fee: ORDER.total_fee }
    handleRequest(ledger, 'refund', { out_trade_no, out_refund_no: 'refund-1', ...fees, ...fields })
  }
  /** Advances the time by `ms`, sends due notifications and waits for the replies. */
  const pass = async (ms: number) => {
    time.now += ms
    notifications.sendDue()
    await notifications.settled()
  }
  return { store, ledger, notifications, posts, log, merchant, time, pay, refund, pass }
}

/** Creates a merchant whose trade is paid, with notifications released. */
export function setUpPaid(options: Partial<NotificationsOptions> = {}) {
  const all = setUp(options)
  all.pay()
  all.notifications.release()
  return all
}
