import type {
  GoodsPort,
  MessagesPort,
  OrdersPort,
  WeChatPayPort,
} from '../../../cloudfunctions/pay/src/ports'
import type { Database } from '../../../simulator/cloudbase/database/database'
import type { EndpointName } from '../../../simulator/wechat-pay/endpoints'
import type { Ledger } from '../../../simulator/wechat-pay/ledger'
import type { Payer } from '../../../simulator/wechat-pay/payer'

/** A set of ports under test, and hands on the simulation behind them. */
export interface Subject {
  goods: GoodsPort
  orders(owner: { _openid?: string }): OrdersPort
  wechatPay: WeChatPayPort
  messages: MessagesPort
  database: Database
  ledger: Ledger
  payer: Payer
  /** ms since 1970 */
  now(): number
  /** The next such request is refused. */
  refuseNext(endpoint: EndpointName, err_code: string): void
  /** The reply to the next such request is lost. */
  loseNext(endpoint: EndpointName): void
  close(): Promise<void>
}
