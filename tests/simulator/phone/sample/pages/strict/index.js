const SEEN = { window, document, fetch, crypto, process, localStorage, XMLHttpRequest, globalThis }

Page({
  data: { from: '', result: '', kept: '原样', taps: 0 },
  onLoad({ from = '' }) {
    this.setData({ from })
  },
  onShow() {
    getApp().lives.push('strict shows')
  },
  onReady() {
    getApp().lives.push('strict is ready')
  },
  onHide() {
    getApp().lives.push('strict hides')
  },
  onUnload() {
    getApp().lives.push('strict unloads')
  },
  onLives() {
    this.show(getApp().lives.join())
  },
  show(result) {
    this.setData({ result: String(result) })
  },
  onScope() {
    const seen = Object.keys(SEEN).filter((name) => SEEN[name] !== undefined)
    this.show(`看得见 ${seen.length} 个`)
  },
  onUndefined() {
    this.setData({ kept: undefined })
  },
  onFunction() {
    this.setData({ kept: () => {} })
  },
  onCopy() {
    const list = [{ n: 1 }]
    this.setData({ list })
    list[0].n = 2
    this.show(`复制的是 ${this.data.list[0].n}`)
  },
  onDisabled() {
    this.show('禁用的按钮被点了')
  },
  onSubscribe() {
    this.subscribe()
  },
  async onSubscribeLater() {
    await Promise.resolve()
    this.subscribe()
  },
  onSubscribeByTimer() {
    setTimeout(() => this.subscribe())
  },
  subscribe() {
    wx.requestSubscribeMessage({
      tmplIds: ['paid'],
      complete: (r) => this.show(r.paid || r.errMsg),
    })
  },
  onSubscribeUnknown() {
    wx.requestSubscribeMessage({ tmplIds: ['none'] }).catch(({ errCode }) => this.show(errCode))
  },
  onToast() {
    wx.showToast({ title: '已保存', duration: 60000 })
  },
  onLoading() {
    wx.showLoading({ title: '正在加载' })
  },
  onHideLoading() {
    wx.hideLoading()
  },
  onUnknownApi() {
    try {
      wx.chooseAddress()
    } catch (error) {
      this.show(error.message)
    }
  },
  onDate() {
    const dashes = Number.isNaN(new Date('2024-01-01 10:00').getTime())
    const slashes = Number.isNaN(new Date('2024/01/01 10:00').getTime())
    this.show(`横线${dashes ? '不' : ''}认，斜线${slashes ? '不' : ''}认`)
  },
  onModal() {
    wx.showModal({ title: '要退款吗', content: '¥0.01', confirmText: '退款' }).then(({ confirm }) =>
      this.show(confirm ? '退' : '不退'),
    )
  },
  onChoose() {
    wx.showActionSheet({ itemList: ['原价', '半价'], success: (r) => this.show(r.tapIndex) })
  },
  onPay() {
    this.pay('good')
  },
  onPayBadly() {
    this.pay('bad')
  },
  onPayWithout() {
    this.pay(undefined)
  },
  pay(paySign) {
    const order = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=wx1', signType: 'MD5' }
    wx.requestPayment({ ...order, paySign, complete: ({ errMsg }) => this.show(errMsg) })
  },
  async onDatabase() {
    wx.cloud.init()
    const db = wx.cloud.database()
    const _ = db.command
    const { data } = await db
      .collection('orders')
      .where({
        _openid: '{openid}',
        created_at: _.lt(new Date(5)),
        nested: { a: _.gt(1).and(_.lte(3)) },
      })
      .orderBy('created_at', 'desc')
      .limit(20)
      .get()
    this.show(`${data[0].at instanceof Date} ${JSON.stringify(data[0].where)}`)
  },
  async onFunctionCall() {
    wx.cloud.init()
    const { result } = await wx.cloud.callFunction({ name: 'who', data: { at: new Date(0) } })
    this.show(JSON.stringify(result))
  },
  onFunctionFails() {
    wx.cloud.init()
    wx.cloud
      .callFunction({ name: 'none' })
      .catch(({ errCode, errMsg }) => this.show(`${errCode} ${errMsg}`))
  },
  onRejection() {
    wx.getStorage({ key: 'nothing' })
  },
  onRemember() {
    wx.setStorageSync('mine', { n: 1 })
    this.show('记住了')
  },
  onRecall() {
    this.show(`记得 ${JSON.stringify(wx.getStorageSync('mine'))}`)
  },
})
