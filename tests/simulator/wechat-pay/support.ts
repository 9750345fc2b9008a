import { mkdtempSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'
import { startWeChatPay, type WeChatPayOptions } from '../../../simulator/wechat-pay'
import { Ledger, type LedgerOptions } from '../../../simulator/wechat-pay/ledger'
import type { GatewayLogEntry } from '../../../simulator/wechat-pay/log'
import { openMerchant } from '../../../simulator/wechat-pay/merchant'
import type { Fields } from '../../../simulator/wechat-pay/xml'

/** The signer of wx-js-utils: it shares no code with the gateway's. */
export const { WXPayUtil } = require('wx-js-utils/src/libs/WXPay')

export const appid = 'wx5f0c0ffee0000001'
export const payer = 'oSimulatedShopper0000000001'
export const minute = 60_000
export const hour = 60 * minute

/** An order of 1.29 yuan, without what the account and the signature add. */
export const order = {
  body: '一本书',
  out_trade_no: 'order-0001',
  total_fee: '129',
  spbill_create_ip: '127.0.0.1',
  notify_url: 'https://shop.example.com/notify',
  trade_type: 'JSAPI',
  openid: payer,
}

export type RequestOptions = Omit<https.RequestOptions, 'headers'> & {
  headers?: Record<string, string>
}

/** A folder that is gone after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wechat-pay-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A ledger in memory whose time stands still until a test moves it. */
export function makeLedger(options: Partial<LedgerOptions> = {}) {
  const time = { now: Date.UTC(2026, 0, 1, 4), advance: (ms: number) => void (time.now += ms) }
  const clock = { now: () => time.now }
  let last = 0
  const digits = (length: number) => String(++last).padStart(length, '0')
  const store = options.store ?? Store.open()
  const ledger = new Ledger({ clock, digits, ...options, store })
  const pay = (out_trade_no = order.out_trade_no) =>
    ledger.pay(ledger.trade(out_trade_no)!.prepay_id, payer)
  return { ledger, store, clock, time, pay }
}

/** The gateway on a port, with what it logged. */
export async function startGateway({
  dir,
  ...options
}: { dir: string } & Partial<WeChatPayOptions>) {
  const log: GatewayLogEntry[] = []
  const clock = new SimulatedClock()
  const store = Store.open()
  const wechatPay = await startWeChatPay({
    store,
    clock,
    merchant: await openMerchant(dir),
    appid,
    deliver: () => Promise.reject(new Error('nobody is there')),
    log: (entry) => void log.push(entry),
    ...options,
  })
  const account = { appid, mch_id: wechatPay.merchant.mch_id }
  /** A request's fields as the merchant sends them: complete and signed. */
  const signed = (fields: Fields): Fields => {
    const all: Fields = { ...account, nonce_str: 'nonce', ...fields }
    return { ...all, sign: WXPayUtil.generateSignature(all, wechatPay.merchant.key, all.sign_type) }
  }
  /** Sends any body to the gateway under its real name. */
  const send = (url: string, body: string | Buffer, more: RequestOptions = {}) =>
    request(
      {
        host: '127.0.0.1',
        port: wechatPay.port,
        servername: 'api.mch.weixin.qq.com',
        ca: wechatPay.ca,
        path: url,
        method: 'POST',
        agent: false,
        ...more,
        headers: { host: 'api.mch.weixin.qq.com', ...more.headers },
      },
      body,
    )
  const post = async (url: string, fields: Fields, more?: RequestOptions) =>
    readXml((await send(url, await WXPayUtil.obj2xml(fields), more)).body)
  const unifiedorder = (fields: Fields = order) => post('/pay/unifiedorder', signed(fields))
  /** What the page hands to wx.requestPayment. */
  const payment = (prepay_id: string, signType = 'MD5') => {
    const params = {
      appId: appid,
      timeStamp: '1700000000',
      nonceStr: 'nonce',
      package: `prepay_id=${prepay_id}`,
      signType,
    }
    const paySign: string = WXPayUtil.generateSignature(params, wechatPay.merchant.key, signType)
    return { ...params, paySign }
  }
  return { ...wechatPay, clock, log, signed, send, post, unifiedorder, payment }
}

export function readXml(xml: string): Promise<Record<string, string>> {
  return WXPayUtil.xml2obj(xml)
}

function request(options: https.RequestOptions, body: string | Buffer) {
  return new Promise<{ status: number; body: string }>((resolve, reject) => {
    const sent = https.request(options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
