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

/** The ports under test, with access to the database and ledger behind them. */
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
  /** Makes the gateway refuse the next such request. */
  refuseNext(endpoint: EndpointName, err_code: string): void
  /** Loses the reply to the next such request. */
  loseNext(endpoint: EndpointName): void
  close(): Promise<void>
}
