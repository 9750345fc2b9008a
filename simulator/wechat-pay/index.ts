import type { AddressInfo } from 'node:net'
import { onTick, type SimulatedClock } from '../kit/clock'
import type { Store } from '../kit/store'
import { Faults } from './faults'
import { createGateway } from './gateway'
import { Ledger, type LedgerSettings } from './ledger'
import type { Log } from './log'
import type { Merchant } from './merchant'
import { Notifications, type Transport } from './notifications'
import { Payer } from './payer'

/** The settings of the ledger may be left out; see LedgerSettings for their defaults. */
export interface WeChatPayOptions extends Partial<LedgerSettings> {
  /** holds `trades`, `refunds`, `funds` and `notifications`, which only the gateway may write */
  store: Store
  clock: SimulatedClock
  /** the merchant that receives the money, see openMerchant */
  merchant: Merchant
  /** the mini program that the merchant is bound to */
  appid: string
  /** whether an openid belongs to the appid; every openid does when absent */
  openids?: (openid: string) => boolean
  /** any free port when absent */
  port?: number
  /** sends notifications to the merchant */
  deliver: Transport
  /** where to notify the merchant of refunds without a notify_url; nowhere when absent */
  refundNotifyUrl?: string
  log: Log
}

export interface WeChatPay {
  /** where the gateway listens on 127.0.0.1, under the name api.mch.weixin.qq.com */
  port: number
  /** the certificate (PEM) of the authority that callers must trust */
  ca: string
  merchant: Merchant
  ledger: Ledger
  payer: Payer
  faults: Faults
  /** held until `release` */
  notifications: Notifications
  /** Closes every connection and waits for notifications in flight; the store stays open. */
  close(): Promise<void>
}

/**
 * Starts the WeChat Pay V2 gateway.
 * @throws Error when the port is in use (EADDRINUSE)
 */
export async function startWeChatPay(options: WeChatPayOptions): Promise<WeChatPay> {
  const { appid, clock, log } = options
  const { mch_id, key, certificates } = options.merchant
  const account = { appid, mch_id, key }
  const ledger = new Ledger(options)
  const faults = new Faults(clock)
  const notifications = new Notifications({ ...options, ledger, account })
  const server = createGateway({ account, certificates, ledger, faults, clock, log })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const stopNotifying = onTick(clock, () => notifications.sendDue())
  return {
    port: (server.address() as AddressInfo).port,
    ca: certificates.ca,
    merchant: options.merchant,
    ledger,
    payer: new Payer(account, ledger, clock, log),
    faults,
    notifications,
    async close() {
      stopNotifying()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await notifications.settled()
    },
  }
}
