import type {
  CallFunctionReply,
  DatabaseReply,
  DatabaseRequest,
  FunctionError,
  TempFileURLs,
} from '../../cloudbase/client-protocol'

/** The parts of CloudBase and WeChat Pay that the phone's server uses. */
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

/** CloudBase for one shopper's phone. Fails with a ClientFailure, as wx.cloud does. */
export interface CloudClient {
  /** @param report receives the errors of the function, for developers */
  callFunction(
    name: string,
    data: unknown,
    report: (error: FunctionError) => void,
  ): Awaitable<CallFunctionReply>
  database(request: DatabaseRequest): Awaitable<DatabaseReply>
  tempFileURLs(fileIDs: readonly string[]): Awaitable<TempFileURLs>
}

export interface TemplateTitle {
  id: string
  title: string
}

/** WeChat on the payer's phone: the content of the payment sheet, and its confirmation. */
export interface Payer {
  preview(openid: string, params: PaymentParams): Awaitable<PaymentSheet | PaymentProblem>
  confirm(openid: string, params: PaymentParams): Awaitable<{ ok: true } | PaymentProblem>
}

/** The parameters of wx.requestPayment: all strings, `timeStamp` in seconds. */
export interface PaymentParams {
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
}

/** The content of the payment sheet (`total_fee` in fen). */
export interface PaymentSheet {
  ok: true
  body: string
  total_fee: number
  merchantName: string
}

/** A payment that WeChat refuses: `code` is for programs, `reason` is the cause. */
export interface PaymentProblem {
  ok: false
  code: string
  reason: string
}
