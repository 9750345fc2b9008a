App({
  lives: [],
  onLaunch() {
    this.lives.push('app launches')
  },
  onThemeChange({ theme }) {
    this.lives.push(`theme is ${theme}`)
  },
})
