import { Migration } from '@mikro-orm/migrations';

export class Pull extends Migration {
  override up(): void {
    this.addSql(
      `create table "pull_position" ("connector" text not null, "provider" varchar(18) not null, "watermark" text null, "key" text null, "receipt" uuid null, "pulled_at" timestamptz null, "ran_at" timestamptz null, "error" text null, primary key ("connector"));`,
    );
    this.addSql(
      `comment on table "pull_position" is '从单位数据库拉取的进度: where each connector stands in its unit’s table [SH-9]';`,
    );
    this.addSql(`comment on column "pull_position"."connector" is '连接器: name of its mapping';`);
    this.addSql(`comment on column "pull_position"."provider" is '信息提供单位: 统一社会信用代码';`);
    this.addSql(
      `comment on column "pull_position"."watermark" is '水位: of the last row taken in; null: none yet';`,
    );
    this.addSql(`comment on column "pull_position"."key" is 'Unique key of that row';`);
    this.addSql(
      `comment on column "pull_position"."receipt" is 'Receipt number of the batch that ended there';`,
    );
    this.addSql(`comment on column "pull_position"."pulled_at" is '进度时间: when that batch was finished';`);
    this.addSql(`comment on column "pull_position"."ran_at" is '最近一次运行完成时间';`);
    this.addSql(
      `comment on column "pull_position"."error" is '最近一次运行的错误; null: it came to its end';`,
    );
  }
}
