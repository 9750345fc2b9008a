import type {
  CallFunctionReply,
  DatabaseReply,
  DatabaseRequest,
  TempFileURLs,
} from '../../cloudbase/client-protocol'

/** What the phone's server needs of CloudBase and of WeChat Pay: the parts that its calls use. */
export interface PhoneServices {
  appid: string
  /** Returns the openid of shopper 1 to 9. */
  openidOf(shopper: number): string
  cloud: {
    client(openid: string): CloudClient
    messages: {
      /** the subscribe message templates of the mini program */
      readonly templates: readonly TemplateTitle[]
      /** Records that the shopper allows one more message of each template. */
      accept(openid: string, templateIds: readonly string[]): void
    }
    storage: {
      /** Returns the absolute path of a stored file. */
      fileOf(fileID: string): string | undefined
    }
  }
  payer: Payer
}

type Awaitable<T> = T | Promise<T>

/** CloudBase as one shopper's phone reaches it. Fails with a ClientFailure, as wx.cloud does. */
export interface CloudClient {
  callFunction(name: string, data: unknown): Awaitable<CallFunctionReply>
  database(request: DatabaseRequest): Awaitable<DatabaseReply>
  tempFileURLs(fileIDs: readonly string[]): Awaitable<TempFileURLs>
}

export interface TemplateTitle {
  id: string
  title: string
}

/** WeChat on the payer's phone: what the payment sheet shows, and what confirming it does. */
export interface Payer {
  preview(openid: string, params: PaymentParams): Awaitable<PaymentSheet | PaymentProblem>
  confirm(openid: string, params: PaymentParams): Awaitable<{ ok: true } | PaymentProblem>
}

/** What a page passes to wx.requestPayment: all of them strings, `timeStamp` in seconds. */
export interface PaymentParams {
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

/** What the payment sheet shows (`total_fee` in fen). */
export interface PaymentSheet {
  ok: true
  body: string
  total_fee: number
  merchantName: string
}

/** Why WeChat does not take a payment: `code` is for programs, `reason` is the cause. */
export interface PaymentProblem {
  ok: false
  code: string
  reason: string
}
