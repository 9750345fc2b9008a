Page({
  data: { events: '', stored: '' },
  onStored() {
    this.setData({ stored: 'cloud://env.bucket/dot.svg' })
  },
  onDown() {
    wx.pageScrollTo({ scrollTop: 2000, duration: 0 })
  },
  onLoaded({ currentTarget, detail }) {
    this.add(`${currentTarget.id} ${detail.width}×${detail.height}`)
  },
  onFailed({ detail }) {
    this.add(detail.errMsg)
  },
  add(event) {
    this.setData({ events: [this.data.events, event].filter(Boolean).join() })
  },
})
