Page({
  content({ from, target }) {
    const title = from === 'button' ? target.dataset.name : '样例的商品'
    return { title, path: '/pages/empty/index?from=card', imageUrl: '/images/dot.svg' }
  },
  onShareAppMessage(options) {
    return this.content(options)
  },
  onBad() {
    this.content = () => ({ title: 1, path: 'pages/empty/index', query: 'a=1' })
  },
  onLater() {
    const promise = Promise.resolve({ title: '等来的', path: '/pages/home/index' })
    this.content = () => ({ title: '先用的', promise })
  },
})
