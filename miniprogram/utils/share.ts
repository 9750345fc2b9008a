/**
 * The card that every page shares: the goods list. An order is nobody else's business, so the card
 * has a picture of its own: without one WeChat takes the page as it looks.
 */
export const shareShop = () => ({
  title: '小店：今天想买点什么？',
  path: '/pages/pay-list/index',
  imageUrl: '/images/share.png',
})
