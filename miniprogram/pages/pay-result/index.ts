import type { OrderStatus } from '../../../typings/contract'
import { offlineError } from '../../services/errors'
import { STATUS } from '../../services/status'
import { changedFields } from '../../utils/changed-fields'
import { onReconnect } from '../../utils/network'
import { askToSendMessages, openPaymentSheet, paymentOf } from '../../utils/payment'
import { shareShop } from '../../utils/share'
import { EMPTY_VIEW, OrderWatch, type OrderAction, type OrderView } from './order-watch'
import { cancelQuestion, deleteQuestion, refundQuestion } from './questions'

interface PageData extends OrderView {
  /** the action in progress */
  working: OrderAction | ''
  /** the payment sheet was opened on this page before */
  tried: boolean
}

type AmountTap = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { amount: string }>

/** The toast after an action has moved the order to a status. */
const TOASTS: Partial<Record<OrderStatus, string>> = {
  [STATUS.PAID]: '支付成功',
  [STATUS.CLOSED]: '订单已取消',
  [STATUS.REFUNDING]: '已申请退款',
}

const INITIAL_DATA: PageData = { ...EMPTY_VIEW, working: '', tried: false }

Page({
  data: INITIAL_DATA,
  watch: null as OrderWatch | null,
  /** whether a confirmation dialog is open */
  dialogOpen: false,
  stopListening: () => {},

  onLoad({ id = '' }) {
    this.watch = new OrderWatch(id, (changes) => this.setData(changes))
    this.stopListening = onReconnect(() => {
      if (this.data.failure?.offline) void this.onRetry()
    })
  },

  async onShow() {
    this.watch?.resume()
    await this.refresh()
  },

  onHide() {
    this.watch?.suspend()
  },

  onUnload() {
    this.stopListening()
    this.watch?.close()
    this.watch = null
  },

  async onPullDownRefresh() {
    await this.refresh()
    await wx.stopPullDownRefresh()
  },

  async onRetry() {
    this.watch?.clearFailure()
    await this.refresh()
  },

  onShareAppMessage: shareShop,

  /** 支付: asks for subscribe messages, opens the payment sheet, then queries the order. */
  async onPay() {
    const payment = this.data.order && paymentOf(this.data.order)
    if (!payment || this.isBusy()) return
    const permission = askToSendMessages()
    await this.runAction('payorder', async (watch) => {
      await permission
      const offline = await offlineError()
      if (offline) watch.fail(offline)
      else await watch.afterSheet(await openPaymentSheet(payment))
    })
  },

  /** 取消订单 */
  async onCancel(event: AmountTap) {
    await this.confirmAndRun('closeorder', cancelQuestion(event.currentTarget.dataset.amount))
  },

  /** 退款 */
  async onRefund(event: AmountTap) {
    await this.confirmAndRun('refund', refundQuestion(event.currentTarget.dataset.amount))
  },

  /** 删除订单 */
  async onDelete() {
    const deleted = await this.confirmAndRun('deleteorder', deleteQuestion())
    if (!deleted || !this.watch) return
    await wx.showToast({ title: '已删除' })
    await this.onLeave()
  },

  /** Leads to the order list: goes back when the shopper came from there. */
  async onLeave() {
    const pages = getCurrentPages()
    const fromList = pages[pages.length - 2]?.route === 'pages/pay-order/index'
    await (fromList ? wx.navigateBack() : wx.redirectTo({ url: '/pages/pay-order/index' }))
  },

  async refresh() {
    if (!this.data.working) await this.watch?.refresh()
  },

  /** Runs an action once the shopper has confirmed it. After a failure it queries the order. */
  async confirmAndRun(action: OrderAction, question: WechatMiniprogram.ShowModalOption) {
    let done = false
    if (this.isBusy() || !(await this.confirm(question))) return done
    await this.runAction(action, async (watch) => {
      done = await watch.request(action)
      if (!done) await watch.query({ quietly: true })
    })
    return done
  },

  /** Asks the shopper. Meanwhile all buttons are ignored. */
  async confirm(question: WechatMiniprogram.ShowModalOption) {
    this.dialogOpen = true
    try {
      const { confirm } = await wx.showModal(question)
      return confirm
    } finally {
      this.dialogOpen = false
    }
  },

  isBusy() {
    return this.dialogOpen || this.data.working !== ''
  },

  /** Runs one action at a time, shows its button as working, and polls the order afterwards. */
  async runAction(action: OrderAction, task: (watch: OrderWatch) => Promise<void>) {
    const { watch } = this
    if (!watch || this.data.working) return
    const before = watch.view.order?.status
    this.setData({ working: action })
    watch.clearFailure()
    try {
      await task(watch)
    } finally {
      const tried = this.data.tried || action === 'payorder'
      if (this.watch) this.setData({ working: '', ...changedFields(this.data, { tried }) })
    }
    if (!this.watch) return
    const status = watch.view.order?.status
    const title = status !== undefined && status !== before && TOASTS[status]
    if (title && watch.isVisible) await wx.showToast({ title })
    watch.startPolling()
  },
})
