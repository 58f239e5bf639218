/** 查询渠道 by the credential's claim `channel`: those of the 2016 report, and the roles, which are the channel of tokens that name none. */
export const CHANNELS_ZH: Readonly<Record<string, string>> = {
  government: '政府部门',
  market: '市场',
  'service-hall': '服务大厅',
  window: '服务子窗口',
  website: '网站',
  app: 'APP 客户端',
  wechat: '微信',
  agency: '信息使用单位',
  provider: '信息提供单位',
  center: '公共信用信息工作机构',
  authority: '信用管理部门',
  service: '信用服务机构',
  subject: '信息主体',
};
