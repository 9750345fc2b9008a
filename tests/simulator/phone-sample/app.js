App({
  lives: [],
  onLaunch() {
    this.lives.push('launch')
  },
})
