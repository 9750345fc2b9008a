import type { Clock } from '../kit/clock'
import type { Ledger } from './ledger'
import type { Trade } from './ledger/entities'
import type { Unpayable } from './ledger/payment'
import type { Log } from './log'
import { paySignProblem, type SignedPayment } from './pay-sign'
import type { Account } from './protocol'
import { isSignType } from './sign'

/** The arguments of wx.requestPayment: any values, since a page can have bugs. */
export interface PaymentParameters {
  /** the mini program's own appid; may be absent */
  appId?: unknown
  timeStamp?: unknown
  nonceStr?: unknown
  package?: unknown
  /** MD5 when absent */
  signType?: unknown
  paySign?: unknown
}

interface Problem {
  code: 'PARAMETER_ERROR' | 'SIGN_ERROR' | Unpayable['code']
  reason: string
}

/** The reason why no payment sheet opens: `code` is for programs, `reason` for the developer. */
export interface PaymentProblem extends Problem {
  ok: false
}

/** The content of the payment sheet. `total_fee` is in fen. */
export interface PaymentPreview {
  ok: true
  out_trade_no: string
  body: string
  total_fee: number
  merchantName: string
}

/** The merchant's name on the payment sheet. */
const MERCHANT_NAME = '模拟商户'

const PACKAGE_PREFIX = 'prepay_id='

/** Simulates WeChat on the payer's phone: the payment sheet and its buttons. */
export class Payer {
  constructor(
    readonly account: Account,
    readonly ledger: Ledger,
    readonly clock: Clock,
    readonly log: Log,
  ) {}

  /** Returns the sheet's content for `openid`, or the reason why none opens. Changes nothing. */
  preview(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#report('preview', this.#payable(openid, parameters))
  }

  /** Pays the order. A second call returns ORDERPAID and charges nothing. */
  confirm(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('confirm', openid, parameters, (id) => this.ledger.pay(id, openid))
  }

  /** Begins to pay without confirming yet: the order is USERPAYING. */
  begin(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('begin', openid, parameters, (id) => this.ledger.beginPaying(id, openid))
  }

  /** Fails the payment: the order is PAYERROR and can be paid again. */
  fail(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('fail', openid, parameters, (id) => this.ledger.failPaying(id, openid))
  }

  /** Cancels before confirming: the order is NOTPAY. */
  cancel(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('cancel', openid, parameters, (id) => this.ledger.cancelPaying(id, openid))
  }

  /** Calls `act` with the prepay_id if the parameters are right and the order can be paid. */
  #act(
    what: string,
    openid: string,
    parameters: PaymentParameters,
    act: (prepay_id: string) => void,
  ): PaymentPreview | PaymentProblem {
    const found = this.#payable(openid, parameters)
    if (!('reason' in found)) act(found.prepay_id)
    return this.#report(what, found)
  }

  #payable(openid: string, parameters: PaymentParameters): Trade | Problem {
    const payment = readPayment(parameters, this.account.appid)
    if ('reason' in payment) return payment
    const reason = paySignProblem(payment, this.account.key)
    if (reason !== undefined) return { code: 'SIGN_ERROR', reason }
    const found = this.ledger.payable(payment.package.slice(PACKAGE_PREFIX.length), openid)
    return 'reason' in found ? found : (signTypeProblem(payment, found) ?? found)
  }

  #report(what: string, found: Trade | Problem): PaymentPreview | PaymentProblem {
    const line = { at: this.clock.now(), endpoint: `requestPayment ${what}` }
    if ('reason' in found) {
      this.log({ ...line, verdict: found.code, reason: found.reason })
      return { ok: false, ...found }
    }
    const { _id: out_trade_no, request, total_fee } = found
    this.log({ ...line, out_trade_no, verdict: 'SUCCESS' })
    return {
      ok: true,
      out_trade_no,
      body: request.body ?? '',
      total_fee,
      merchantName: MERCHANT_NAME,
    }
  }
}

/** Checks that the signType is the order's sign_type (pay.weixin.qq.com, V2 小程序调起支付). */
function signTypeProblem({ signType }: SignedPayment, trade: Trade): Problem | undefined {
  const wanted = trade.request.sign_type ?? 'MD5'
  if (signType === wanted) return undefined
  const reason = `signType is ${signType}, but the sign_type of unifiedorder was ${wanted}`
  return { code: 'SIGN_ERROR', reason }
}

type Texts = Record<keyof SignedPayment, string>

/** Returns the parameters, or the problem of the first invalid one. */
function readPayment(parameters: PaymentParameters, appid: string): SignedPayment | Problem {
  const { appId = appid, signType = 'MD5', timeStamp, nonceStr, paySign } = parameters
  const given = { appId, timeStamp, nonceStr, package: parameters.package, signType, paySign }
  const wrong = Object.entries(given).find(([, value]) => typeof value !== 'string' || value === '')
  if (wrong) {
    const [name, value] = wrong
    const got = value === '' ? 'empty' : value === undefined ? 'missing' : `a ${typeof value}`
    return malformed(`${name} must be a non-empty string, but is ${got}`)
  }
  const texts = given as Texts
  if (!isSignType(texts.signType)) {
    return malformed(`signType must be MD5 or HMAC-SHA256, but is ${texts.signType}`)
  }
  if (!/^prepay_id=./.test(texts.package)) {
    return malformed(`package must be prepay_id=<the prepay_id>, but is ${texts.package}`)
  }
  if (texts.appId !== appid) {
    return malformed(`appId is ${texts.appId}, but the mini program's is ${appid}`)
  }
  return { ...texts, signType: texts.signType }
}

function malformed(reason: string): Problem {
  return { code: 'PARAMETER_ERROR', reason }
}
