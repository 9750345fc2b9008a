/**
 * Returns the card that every page shares: it opens the goods list, because an order is private. It
 * has its own picture: without one WeChat takes a screenshot of the page.
 */
export const shareShop = () => ({
  title: '小店：今天想买点什么？',
  path: '/pages/pay-list/index',
  imageUrl: '/images/share.png',
})
