import { readGoods } from './goods-file'
import type { Doc } from './store'

/** The simulated world's names for what a deployer has of their own. */
export const ENV_ID = 'simulator-env'
export const BUCKET = '7369-simulator-env-1250000000'
export const APPID = 'wx5f0c0ffee0000001'
export const TEMPLATE_ID = 'SIMULATED_TEMPLATE_OF_THE_PAID_MESSAGE_0001'

/** How many shoppers the simulator has: `?shopper=1` to `?shopper=9`. */
export const SHOPPERS = 9

/** The openid of shopper 1, 2, …: 28 characters, as real ones have. */
export const openidOf = (shopper: number) => `oSimulatorShopper_000000000${shopper}`

/** The subscribe message template, as one would add it in the mini program's console. */
export const template = {
  id: TEMPLATE_ID,
  title: '订单支付成功通知',
  fields: {
    character_string1: '订单号',
    thing2: '商品名称',
    amount3: '支付金额',
    time4: '支付时间',
  },
}

/** Which functions have a public address, as one would set it in the console: HTTP 访问服务. */
export const httpRoutes = {
  host: `${ENV_ID}.service.tcloudbase.example`,
  paths: { '/pay-notify': 'pay-notify' },
}

/** Where WeChat Pay tells of payments and refunds. */
export const NOTIFY_URL = `https://${httpRoutes.host}/pay-notify`

/** The configuration of the cloud functions: the environment alone, never a deployer's file. */
export function functionEnv(merchant: {
  mch_id: string
  key: string
  p12File: string
}): Record<string, string> {
  return {
    WXPAY_APPID: APPID,
    WXPAY_MCHID: merchant.mch_id,
    WXPAY_KEY: merchant.key,
    WXPAY_P12: merchant.p12File,
    WXPAY_NOTIFY_URL: NOTIFY_URL,
    WXPAY_SIGN_TYPE: 'HMAC-SHA256',
    WXPAY_TEMPLATE_ID: TEMPLATE_ID,
    WXPAY_TEMPLATE_DATA: JSON.stringify({
      character_string1: 'out_trade_no',
      thing2: 'body',
      amount3: 'total_fee',
      time4: 'paid_at',
    }),
    WXPAY_MINIPROGRAM_STATE: 'developer',
  }
}

/** What stands in for miniprogram/config.ts, which is the deployer's. */
export const phoneConfig = { env: ENV_ID, templateIds: [TEMPLATE_ID] }

/** The goods as the database has them: each picture's path turned into its file id. */
export function goods(): Doc[] {
  const inBucket = `cloud://${ENV_ID}.${BUCKET}/`
  return readGoods().map((item) => ({ ...item, picture: inBucket + item.picture }))
}
