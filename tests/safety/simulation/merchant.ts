import type { ShopSettings } from '../../../cloudfunctions/pay/src/ports'
import type { Doc } from '../../../simulator/kit/store'
import { APPID } from '../../../simulator/settings/identity'

const MINUTE = 60_000

/** The merchant's account at WeChat Pay. */
export const account = { appid: APPID, mch_id: '1600000001', key: '0123456789abcdef'.repeat(2) }

/** The merchant's configuration. */
export const SETTINGS: ShopSettings = {
  appid: account.appid,
  mch_id: account.mch_id,
  notify_url: 'https://shop.example/pay-notify',
  sign_type: 'HMAC-SHA256',
  order_ttl: 30 * MINUTE,
  self_refund: 24 * 60 * MINUTE,
  max_unpaid: 10,
}

/** The merchant's goods. */
export const GOODS: readonly Doc[] = [
  { _id: 'tea', name: '绿茶', description: '', price: 1, picture: 'cloud://tea.png' },
  { _id: 'cake', name: '月饼', description: '', price: 2550, picture: 'cloud://cake.png' },
]
