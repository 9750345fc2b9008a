import type { Clock } from '../kit/clock'
import type { Ledger } from './ledger'
import type { Trade } from './ledger/entities'
import type { Unpayable } from './ledger/payment'
import type { Log } from './log'
import { paySignProblem, type SignedPayment } from './pay-sign'
import type { Account } from './protocol'
import { isSignType } from './sign'

/** What a page hands to wx.requestPayment: anything at all, since pages can be wrong. */
export interface PaymentParameters {
  /** the mini program's own appid, where the page names one */
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

/** Why there is nothing to confirm: `reason` tells the developer the cause, `code` is for programs. */
export interface PaymentProblem extends Problem {
  ok: false
}

/** What the payment sheet shows. `total_fee` is in fen. */
export interface PaymentPreview {
  ok: true
  out_trade_no: string
  body: string
  total_fee: number
  merchantName: string
}

/** Who gets the money, as the payment sheet says. */
const merchantName = '模拟商户'

const packagePrefix = 'prepay_id='

/** WeChat on the payer's phone: the payment sheet and what confirming it does. */
export class Payer {
  constructor(
    readonly account: Account,
    readonly ledger: Ledger,
    readonly clock: Clock,
    readonly log: Log,
  ) {}

  /** What the sheet shows to `openid`, or why none opens. Changes nothing. */
  preview(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#tell('preview', this.#payable(openid, parameters))
  }

  /** The payer confirms: the order is paid. A second time it is ORDERPAID, and nothing is charged. */
  confirm(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('confirm', openid, parameters, (id) => this.ledger.pay(id, openid))
  }

  /** The payer begins to pay, yet to confirm: the order is USERPAYING. */
  begin(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('begin', openid, parameters, (id) => this.ledger.beginPaying(id, openid))
  }

  /** The payment fails: the order is PAYERROR and can be paid again. */
  fail(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('fail', openid, parameters, (id) => this.ledger.failPaying(id, openid))
  }

  /** The payer gives up before confirming: the order is NOTPAY. */
  cancel(openid: string, parameters: PaymentParameters): PaymentPreview | PaymentProblem {
    return this.#act('cancel', openid, parameters, (id) => this.ledger.cancelPaying(id, openid))
  }

  /** Does `act` with the prepay_id, where the parameters are right and the order can be paid. */
  #act(
    what: string,
    openid: string,
    parameters: PaymentParameters,
    act: (prepay_id: string) => void,
  ): PaymentPreview | PaymentProblem {
    const found = this.#payable(openid, parameters)
    if (!('reason' in found)) act(found.prepay_id)
    return this.#tell(what, found)
  }

  #payable(openid: string, parameters: PaymentParameters): Trade | Problem {
    const payment = readPayment(parameters, this.account.appid)
    if ('reason' in payment) return payment
    const reason = paySignProblem(payment, this.account.key)
    if (reason !== undefined) return { code: 'SIGN_ERROR', reason }
    const found = this.ledger.payable(payment.package.slice(packagePrefix.length), openid)
    return 'reason' in found ? found : (signTypeProblem(payment, found) ?? found)
  }

  #tell(what: string, found: Trade | Problem): PaymentPreview | PaymentProblem {
    const line = { at: this.clock.now(), endpoint: `requestPayment ${what}` }
    if ('reason' in found) {
      this.log({ ...line, verdict: found.code, reason: found.reason })
      return { ok: false, ...found }
    }
    const { _id: out_trade_no, request, total_fee } = found
    this.log({ ...line, out_trade_no, verdict: 'SUCCESS' })
    return { ok: true, out_trade_no, body: request.body ?? '', total_fee, merchantName }
  }
}

/** The prepared payment's algorithm must be the order's (pay.weixin.qq.com, V2 小程序调起支付). */
function signTypeProblem({ signType }: SignedPayment, trade: Trade): Problem | undefined {
  const wanted = trade.request.sign_type ?? 'MD5'
  if (signType === wanted) return undefined
  const reason = `signType is ${signType}, but the sign_type of unifiedorder was ${wanted}`
  return { code: 'SIGN_ERROR', reason }
}

type Texts = Record<keyof SignedPayment, string>

/** The parameters, or what is wrong with the first one that has not the right shape. */
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
