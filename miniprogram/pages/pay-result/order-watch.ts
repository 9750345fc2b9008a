import type { Order, PayAction } from '../../../typings/contract'
import { PayError, failureOf, type Failure } from '../../services/errors'
import { pay } from '../../services/pay'
import { countDown, timeLeft } from '../../utils/countdown'
import { different } from '../../utils/different'
import { follow } from '../../utils/follow'
import { paymentOf, type SheetResult } from '../../utils/payment'
import { tellSlow } from '../../utils/slow'

/** What can be asked about an order that is there. */
export type OrderAction = Exclude<PayAction, 'unifiedorder'>

/** What is known of an order. */
export interface OrderView {
  order: Order | null
  notFound: boolean
  /** why the last request had no answer */
  failure: Failure | null
  /** the answer takes longer than three seconds */
  slow: boolean
  /** whether a payment was made is not known yet */
  confirming: boolean
  /** the time to pay is over */
  expired: boolean
  /** the time left to pay */
  countdown: string
}

export const nothingKnown: OrderView = {
  order: null,
  notFound: false,
  failure: null,
  slow: false,
  confirming: false,
  expired: false,
  countdown: '',
}

/**
 * Keeps one order on a page as it really is: asks the function, gives what changed to `render`,
 * and asks again while WeChat still has the last word on the order and the page is visible.
 */
export class OrderWatch {
  view = nothingKnown
  private visible = false
  private closed = false
  /** grows with every request, so that a late reply is known as such */
  private turn = 0
  /** wx.requestPayment said ok: until the order is paid, its shopper is not asked to pay again */
  private phoneSaysPaid = false
  /** when the order expires, on this phone's clock (ms) */
  private deadline = 0
  private stopFollowing = () => {}
  private stopCounting = () => {}

  constructor(
    private readonly out_trade_no: string,
    private readonly render: (changes: Partial<OrderView>) => void,
  ) {}

  /** The page shows. */
  resume(): void {
    this.visible = true
  }

  /** The page is hidden. */
  suspend(): void {
    this.visible = false
    this.stopFollowing()
    this.stopCounting()
  }

  /** The page is gone: from now on nothing is rendered. */
  close(): void {
    this.suspend()
    this.closed = true
  }

  /** Looks now, then follows. */
  async refresh(): Promise<void> {
    await this.look()
    this.follow()
  }

  /** Counts down to the end of an order's time, and looks again and again while something is open. */
  follow(): void {
    this.stopFollowing()
    this.stopCounting()
    if (!this.visible) return
    if (this.isPayable()) this.count()
    if (!this.isOpen()) return
    this.stopFollowing = follow(async () => {
      await this.look({ quietly: true })
      return this.isOpen()
    })
  }

  /** What went wrong before does not matter any more. */
  clearFailure(): void {
    this.update({ failure: null })
  }

  /** Something went wrong before anything was asked. */
  fail(error: unknown): void {
    this.update({ failure: failureOf(error) })
  }

  get isVisible(): boolean {
    return this.visible
  }

  /** Finds out what became of a payment whose sheet has ended. */
  async afterSheet(sheet: SheetResult): Promise<void> {
    if (sheet.ended === 'paid') {
      this.phoneSaysPaid = true
      this.update({ confirming: true })
      await this.ask('payorder', { quietly: true })
    } else if (sheet.ended === 'cancelled') {
      await this.ask('orderquery')
    } else if (!(await this.ask('orderquery', { quietly: true }))) {
      // a payment that failed on the phone may have been made all the same
      this.update({ confirming: true })
    } else if (this.view.order?.status === 0) {
      const failure = { message: '支付没有完成，请重试', code: sheet.reason, offline: false }
      this.update({ failure })
    }
  }

  /** What the order is now. */
  async look(options?: { quietly: boolean }): Promise<boolean> {
    return this.ask(this.view.order?.status === 3 ? 'queryrefund' : 'orderquery', options)
  }

  /**
   * Asks the function and shows the order it answers with; `quietly`: not why there is no answer.
   * A later question makes the answer to an earlier one moot.
   * @returns whether there was an answer
   */
  async ask(action: OrderAction, { quietly = false } = {}): Promise<boolean> {
    const turn = ++this.turn
    const out_refund_no = action === 'queryrefund' && this.view.order?.refund?.out_refund_no
    const data = { out_trade_no: this.out_trade_no, ...(out_refund_no && { out_refund_no }) }
    try {
      const { order, now } = await tellSlow(pay(action, data), () => {
        if (turn === this.turn && !quietly) this.update({ slow: true })
      })
      if (turn === this.turn) this.show(order, now, quietly)
      return true
    } catch (error) {
      if (turn === this.turn) this.showFailure(error, quietly)
      return false
    }
  }

  private isPayable(): boolean {
    const { order, confirming, expired } = this.view
    return order !== null && paymentOf(order) !== undefined && !confirming && !expired
  }

  /** A refund, a closing or a payment on which WeChat has the last word. */
  private isOpen(): boolean {
    const { order, notFound, confirming, expired } = this.view
    if (notFound) return false
    if (order?.status === 3) return !waitsLong(order)
    return order?.status === 0 && (confirming || expired || !!order.close_requested_at)
  }

  /** A failure stays until there is an answer to a request, or news found quietly. */
  private show(order: Order, now: number, quietly: boolean): void {
    const news = order.rev !== this.view.order?.rev
    // the server's clock tells how much time is left, whatever the phone's clock says
    this.deadline = Date.now() + order.expires_at - now
    const expired = order.status === 0 && now >= order.expires_at
    const confirming = this.phoneSaysPaid && order.status === 0
    const notPaid = this.view.confirming && !confirming && order.status === 0
    this.update({
      confirming,
      expired,
      ...(order.status === 0 && !expired && { countdown: timeLeft(this.deadline) }),
      slow: false,
      ...(news && { order }),
      ...((news || !quietly || this.view.failure?.offline) && { failure: null }),
      ...(notPaid && { failure: { message: '这次没有付款成功', code: '', offline: false } }),
    })
  }

  private showFailure(error: unknown, quietly: boolean): void {
    if (error instanceof PayError && error.error === 'ORDER_NOT_FOUND') {
      return this.update({ notFound: true, slow: false })
    }
    // without a network nothing is known any more, which is said even if nobody asked
    const failure = failureOf(error)
    this.update({ slow: false, ...((!quietly || failure.offline) && { failure }) })
  }

  private count(): void {
    this.stopCounting = countDown(
      this.deadline,
      (countdown) => this.update({ countdown }),
      () => {
        this.update({ expired: true })
        void this.refresh()
      },
    )
  }

  private update(changes: Partial<OrderView>): void {
    const news = different(this.view, changes)
    this.view = { ...this.view, ...changes }
    if (!this.closed && Object.keys(news).length > 0) this.render(news)
  }
}

/** Whether a refund waits for the merchant (CHANGE), or for the shop to ask for it again later. */
function waitsLong({ refund, merchant_refunds, closed_at }: Order): boolean {
  if (refund?.state === 'CHANGE') return true
  const hasFailed = refund?.state === 'REFUSED' || refund?.state === 'REFUNDCLOSE'
  return hasFailed && closed_at !== undefined && !merchant_refunds?.in_flight
}
