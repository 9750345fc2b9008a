Page({
  data: { rows: 30, ends: 0 },
  onReachBottom() {
    this.setData({ ends: this.data.ends + 1, rows: 40 })
  },
})
