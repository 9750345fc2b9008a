import type { OrderStatus } from '../../../typings/contract'
import { offlineError } from '../../services/errors'
import { different } from '../../utils/different'
import { onReconnect } from '../../utils/network'
import { askToSendMessages, openPaymentSheet, paymentOf } from '../../utils/payment'
import { shareShop } from '../../utils/share'
import { nothingKnown, OrderWatch, type OrderAction, type OrderView } from './order-watch'
import { cancelQuestion, deleteQuestion, refundQuestion } from './questions'

interface PageData extends OrderView {
  /** the action of the button that is working */
  working: OrderAction | ''
  /** the payment sheet was opened here before */
  tried: boolean
}

type AmountTap = WechatMiniprogram.BaseEvent<WechatMiniprogram.IAnyObject, { amount: string }>

/** What is said, briefly, when an action has brought an order to a status. */
const DONE: Partial<Record<OrderStatus, string>> = {
  1: '支付成功',
  2: '订单已取消',
  3: '已申请退款',
}

const data: PageData = { ...nothingKnown, working: '', tried: false }

Page({
  data,
  watch: null as OrderWatch | null,
  /** whether a question is open */
  asking: false,
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

  /** 支付: may we send messages, the payment sheet, then what really happened. */
  async onPay() {
    const payment = this.data.order && paymentOf(this.data.order)
    if (!payment || this.isBusy()) return
    const asked = askToSendMessages()
    await this.work('payorder', async (watch) => {
      await asked
      const offline = await offlineError()
      if (offline) watch.fail(offline)
      else await watch.afterSheet(await openPaymentSheet(payment))
    })
  },

  /** 取消订单 */
  async onCancel(event: AmountTap) {
    await this.doAfterAsking('closeorder', cancelQuestion(event.currentTarget.dataset.amount))
  },

  /** 退款 */
  async onRefund(event: AmountTap) {
    await this.doAfterAsking('refund', refundQuestion(event.currentTarget.dataset.amount))
  },

  /** 删除订单 */
  async onDelete() {
    const deleted = await this.doAfterAsking('deleteorder', deleteQuestion())
    if (!deleted || !this.watch) return
    await wx.showToast({ title: '已删除' })
    await this.onLeave()
  },

  /** To the order list: back, when that is where the shopper came from. */
  async onLeave() {
    const pages = getCurrentPages()
    const fromList = pages[pages.length - 2]?.route === 'pages/pay-order/index'
    await (fromList ? wx.navigateBack() : wx.redirectTo({ url: '/pages/pay-order/index' }))
  },

  async refresh() {
    if (!this.data.working) await this.watch?.refresh()
  },

  /** After a failure the page shows what the order is by then. */
  async doAfterAsking(action: OrderAction, question: WechatMiniprogram.ShowModalOption) {
    let done = false
    if (this.isBusy() || !(await this.confirms(question))) return done
    await this.work(action, async (watch) => {
      done = await watch.ask(action)
      if (!done) await watch.look({ quietly: true })
    })
    return done
  },

  /** What the shopper answers; meanwhile no button does anything. */
  async confirms(question: WechatMiniprogram.ShowModalOption) {
    this.asking = true
    try {
      const { confirm } = await wx.showModal(question)
      return confirm
    } finally {
      this.asking = false
    }
  },

  isBusy() {
    return this.asking || this.data.working !== ''
  },

  /** One action at a time: its button works, the others wait. */
  async work(action: OrderAction, task: (watch: OrderWatch) => Promise<void>) {
    const { watch } = this
    if (!watch || this.data.working) return
    const before = watch.view.order?.status
    this.setData({ working: action })
    watch.clearFailure()
    try {
      await task(watch)
    } finally {
      const tried = this.data.tried || action === 'payorder'
      if (this.watch) this.setData({ working: '', ...different(this.data, { tried }) })
    }
    if (!this.watch) return
    const status = watch.view.order?.status
    const title = status !== undefined && status !== before && DONE[status]
    if (title && watch.isVisible) await wx.showToast({ title })
    watch.follow()
  },
})
