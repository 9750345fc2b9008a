import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import https from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { SimulatedClock } from '../../../simulator/kit/clock'
import { Store } from '../../../simulator/kit/store'
import { startWeChatPay, type WeChatPayOptions } from '../../../simulator/wechat-pay'
import { Ledger, type LedgerOptions } from '../../../simulator/wechat-pay/ledger'
import type { GatewayLogEntry } from '../../../simulator/wechat-pay/log'
import { type Merchant, openMerchant } from '../../../simulator/wechat-pay/merchant'
import type { Fields } from '../../../simulator/wechat-pay/xml'
import { copyMerchant } from '../../support/merchant'

/** The signer of wx-js-utils, which shares no code with the gateway's. */
export const { WXPayUtil } = require('wx-js-utils/src/libs/WXPay')

export const APPID = 'wx5f0c0ffee0000001'
export const PAYER_OPENID = 'oSimulatedShopper0000000001'
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE

/** An order of 1.29 yuan, without the fields of the account and the signature. */
export const ORDER = {
  body: '一本书',
  out_trade_no: 'order-0001',
  total_fee: '129',
  spbill_create_ip: '127.0.0.1',
  notify_url: 'https://shop.example.com/notify',
  trade_type: 'JSAPI',
  openid: PAYER_OPENID,
}

export type RequestOptions = Omit<https.RequestOptions, 'headers'> & {
  headers?: Record<string, string>
}

/** Creates a folder that is deleted after the tests of the file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'wechat-pay-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Creates a ledger in memory whose time only a test advances. */
export function makeLedger(options: Partial<LedgerOptions> = {}) {
  const time = { now: Date.UTC(2026, 0, 1, 4), advance: (ms: number) => void (time.now += ms) }
  const clock = { now: () => time.now }
  let last = 0
  const digits = (length: number) => String(++last).padStart(length, '0')
  const store = options.store ?? Store.open()
  const ledger = new Ledger({ clock, digits, ...options, store })
  const pay = (out_trade_no = ORDER.out_trade_no) =>
    ledger.pay(ledger.trade(out_trade_no)!.prepay_id, PAYER_OPENID)
  return { ledger, store, clock, time, pay }
}

/** Opens the merchant of a folder; a new one is a copy of the run's. */
async function merchantIn(folder: string): Promise<Merchant> {
  if (readdirSync(folder).length === 0) await copyMerchant(folder)
  return openMerchant(folder)
}

/** Starts the gateway on a port and collects its log. */
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
    merchant: await merchantIn(dir),
    appid: APPID,
    deliver: () => Promise.reject(new Error('no merchant is listening')),
    log: (entry) => void log.push(entry),
    ...options,
  })
  const account = { appid: APPID, mch_id: wechatPay.merchant.mch_id }
  /** Adds the account and the signature to the fields of a request. */
  const signed = (fields: Fields): Fields => {
    const all: Fields = { ...account, nonce_str: 'nonce', ...fields }
    return { ...all, sign: WXPayUtil.generateSignature(all, wechatPay.merchant.key, all.sign_type) }
  }
  /** Sends any body to the gateway under its real host name. */
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
  const unifiedorder = (fields: Fields = ORDER) => post('/pay/unifiedorder', signed(fields))
  /** Returns the arguments of wx.requestPayment. */
  const payment = (prepay_id: string, signType = 'MD5') => {
    const params = {
      appId: APPID,
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
