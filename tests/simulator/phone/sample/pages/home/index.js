import { greeting } from '../../utils/greeting'

Page({
  data: { greeting: greeting('小明'), refreshes: 0, ends: 0, depth: 0, refused: '' },
  onLoad() {
    getApp().lives.push('home loads')
    this.setData({ depth: getCurrentPages().length })
  },
  onShow() {
    getApp().lives.push('home shows')
  },
  onHide() {
    getApp().lives.push('home hides')
  },
  onPullDownRefresh() {
    this.setData({ refreshes: this.data.refreshes + 1 })
    wx.stopPullDownRefresh()
  },
  onReachBottom() {
    this.setData({ ends: this.data.ends + 1 })
  },
  onDeeper() {
    wx.navigateTo({ url: 'index', fail: ({ errMsg }) => this.setData({ refused: errMsg }) })
  },
  onNowhere() {
    wx.redirectTo({
      url: '/pages/nowhere',
      fail: ({ errMsg }) => this.setData({ refused: errMsg }),
    })
  },
})
