Page({
  data: { on: false, busy: true, name: '', note: '', taps: 0 },
  onTap() {
    this.setData({ on: true, busy: false, name: '换个名字', taps: this.data.taps + 1 })
  },
})
