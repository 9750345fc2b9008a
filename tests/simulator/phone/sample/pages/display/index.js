Page({
  data: { rootFontSize: 'system', seen: '', heard: '' },
  onLook() {
    const { theme, fontSizeSetting, fontSizeScaleFactor } = wx.getAppBaseInfo()
    const { windowWidth } = wx.getWindowInfo()
    this.setData({ seen: `${theme} ${windowWidth} ${fontSizeSetting} ${fontSizeScaleFactor}` })
  },
  onListen() {
    this.hear = (result) => {
      this.setData({ heard: [this.data.heard, JSON.stringify(result)].filter(Boolean).join() })
    }
    wx.onThemeChange(this.hear)
    wx.onNetworkStatusChange(this.hear)
  },
  onIgnore() {
    wx.offThemeChange(this.hear)
    wx.offNetworkStatusChange(this.hear)
  },
  onFixed() {
    this.setData({ rootFontSize: '18px' })
  },
  onNetwork() {
    wx.getNetworkType().then(({ networkType }) => this.setData({ seen: networkType }))
  },
  onCall() {
    wx.cloud.init()
    const started = Date.now()
    wx.cloud.callFunction({ name: 'who' }).then(
      () => this.setData({ seen: `${Math.floor((Date.now() - started) / 1000)} 秒` }),
      ({ errCode, errMsg }) => this.setData({ seen: `${errCode} ${errMsg}` }),
    )
  },
})
