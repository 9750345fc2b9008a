import type { Order, PayAction } from '../../../typings/contract'
import { PayError, failureOf, type Failure } from '../../services/errors'
import { pay } from '../../services/pay'
import { STATUS } from '../../services/status'
import { changedFields } from '../../utils/changed-fields'
import { countDown, timeLeft } from '../../utils/countdown'
import { paymentOf, type SheetResult } from '../../utils/payment'
import { poll } from '../../utils/poll'
import { notifyWhenSlow } from '../../utils/slow'

/** The actions on an existing order. */
export type OrderAction = Exclude<PayAction, 'unifiedorder'>

/** What the page knows of an order. */
export interface OrderView {
  order: Order | null
  notFound: boolean
  /** why the last request failed */
  failure: Failure | null
  /** the reply takes longer than three seconds */
  slow: boolean
  /** whether a payment was made is not known yet */
  confirming: boolean
  /** the time to pay is over */
  expired: boolean
  /** the time left to pay */
  countdown: string
}

export const EMPTY_VIEW: OrderView = {
  order: null,
  notFound: false,
  failure: null,
  slow: false,
  confirming: false,
  expired: false,
  countdown: '',
}

/**
 * Keeps one order on a page up to date: calls the cloud function, passes what changed to `render`,
 * and polls while WeChat can still change the order and the page is visible.
 */
export class OrderWatch {
  view = EMPTY_VIEW
  private visible = false
  private closed = false
  /** grows with every request, to recognise a late reply */
  private latestRequest = 0
  /** wx.requestPayment succeeded: until the order is paid, its shopper is not asked to pay again */
  private phoneSaysPaid = false
  /** when the order expires, on this phone's clock (ms) */
  private deadline = 0
  private stopPolling = () => {}
  private stopCountdown = () => {}

  constructor(
    private readonly out_trade_no: string,
    private readonly render: (changes: Partial<OrderView>) => void,
  ) {}

  /** Allows polling: the page is visible. */
  resume(): void {
    this.visible = true
  }

  /** Stops polling and counting down: the page is hidden. */
  suspend(): void {
    this.visible = false
    this.stopPolling()
    this.stopCountdown()
  }

  /** Stops all rendering: the page is closed. */
  close(): void {
    this.suspend()
    this.closed = true
  }

  /** Queries the order now, then starts polling. */
  async refresh(): Promise<void> {
    await this.query()
    this.startPolling()
  }

  /** Counts down to the expiry of a payable order, and polls while WeChat can change the order. */
  startPolling(): void {
    this.stopPolling()
    this.stopCountdown()
    if (!this.visible) return
    if (this.isPayable()) this.startCountdown()
    if (!this.isPending()) return
    this.stopPolling = poll(async () => {
      await this.query({ quietly: true })
      return this.isPending()
    })
  }

  /** Removes the failure of an earlier request from the page. */
  clearFailure(): void {
    this.update({ failure: null })
  }

  /** Shows an error that happened before any request. */
  fail(error: unknown): void {
    this.update({ failure: failureOf(error) })
  }

  get isVisible(): boolean {
    return this.visible
  }

  /** Finds out whether the order was paid, after the payment sheet was closed. */
  async afterSheet(sheet: SheetResult): Promise<void> {
    if (sheet.ended === 'paid') {
      this.phoneSaysPaid = true
      this.update({ confirming: true })
      await this.request('payorder', { quietly: true })
    } else if (sheet.ended === 'cancelled') {
      await this.request('orderquery')
    } else if (!(await this.request('orderquery', { quietly: true }))) {
      // A payment that failed on the phone may still have been made.
      this.update({ confirming: true })
    } else if (this.view.order?.status === STATUS.UNPAID) {
      const failure = { message: '支付没有完成，请重试', code: sheet.reason, offline: false }
      this.update({ failure })
    }
  }

  /** Asks the cloud function for the current state of the order, or of its refund. */
  async query(options?: { quietly: boolean }): Promise<boolean> {
    const isRefunding = this.view.order?.status === STATUS.REFUNDING
    return this.request(isRefunding ? 'queryrefund' : 'orderquery', options)
  }

  /**
   * Calls the cloud function and shows the order that it returns. With `quietly`, a failure is not
   * shown unless the phone is offline. The reply is dropped when a later request was made.
   * @returns whether the function returned an order
   */
  async request(action: OrderAction, { quietly = false } = {}): Promise<boolean> {
    const number = ++this.latestRequest
    const out_refund_no = action === 'queryrefund' && this.view.order?.refund?.out_refund_no
    const data = { out_trade_no: this.out_trade_no, ...(out_refund_no && { out_refund_no }) }
    try {
      const { order, now } = await notifyWhenSlow(pay(action, data), () => {
        if (number === this.latestRequest && !quietly) this.update({ slow: true })
      })
      if (number === this.latestRequest) this.showOrder(order, now, quietly)
      return true
    } catch (error) {
      if (number === this.latestRequest) this.showFailure(error, quietly)
      return false
    }
  }

  private isPayable(): boolean {
    const { order, confirming, expired } = this.view
    return order !== null && paymentOf(order) !== undefined && !confirming && !expired
  }

  /** Returns whether WeChat has still to report a refund, a closing or a payment. */
  private isPending(): boolean {
    const { order, notFound, confirming, expired } = this.view
    if (notFound) return false
    if (order?.status === STATUS.REFUNDING) return !waitsLong(order)
    const isUnpaid = order?.status === STATUS.UNPAID
    return isUnpaid && (confirming || expired || !!order.close_requested_at)
  }

  /** Shows the order. A failure stays until a request that is not quiet succeeds or the order changes. */
  private showOrder(order: Order, now: number, quietly: boolean): void {
    const hasChanged = order.rev !== this.view.order?.rev
    const isUnpaid = order.status === STATUS.UNPAID
    // The time left is measured by the server's clock: the phone's may be wrong.
    this.deadline = Date.now() + order.expires_at - now
    const expired = isUnpaid && now >= order.expires_at
    const confirming = this.phoneSaysPaid && isUnpaid
    const notPaid = this.view.confirming && !confirming && isUnpaid
    this.update({
      confirming,
      expired,
      ...(isUnpaid && !expired && { countdown: timeLeft(this.deadline) }),
      slow: false,
      ...(hasChanged && { order }),
      ...((hasChanged || !quietly || this.view.failure?.offline) && { failure: null }),
      ...(notPaid && { failure: { message: '这次没有付款成功', code: '', offline: false } }),
    })
  }

  private showFailure(error: unknown, quietly: boolean): void {
    if (error instanceof PayError && error.error === 'ORDER_NOT_FOUND') {
      return this.update({ notFound: true, slow: false })
    }
    // Being offline is shown even after a quiet request: the page may be out of date from then on.
    const failure = failureOf(error)
    this.update({ slow: false, ...((!quietly || failure.offline) && { failure }) })
  }

  private startCountdown(): void {
    this.stopCountdown = countDown(
      this.deadline,
      (countdown) => this.update({ countdown }),
      () => {
        this.update({ expired: true })
        void this.refresh()
      },
    )
  }

  private update(changes: Partial<OrderView>): void {
    const changed = changedFields(this.view, changes)
    this.view = { ...this.view, ...changes }
    if (!this.closed && Object.keys(changed).length > 0) this.render(changed)
  }
}

/** Returns whether a refund waits for the merchant (CHANGE), or for the shop's timer to retry it. */
function waitsLong({ refund, merchant_refunds, closed_at }: Order): boolean {
  if (refund?.state === 'CHANGE') return true
  const hasFailed = refund?.state === 'REFUSED' || refund?.state === 'REFUNDCLOSE'
  return hasFailed && closed_at !== undefined && !merchant_refunds?.in_flight
}
