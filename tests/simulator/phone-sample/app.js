App({
  lives: [],
  onLaunch() {
    this.lives.push('app launches')
  },
})
