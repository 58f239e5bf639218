import { Migration } from '@mikro-orm/migrations';

export class Late extends Migration {
  override up(): void {
    this.addSql(`alter table "objection" add "late" boolean not null default false;`);
    this.addSql(`comment on column "objection"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "objection_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "objection_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "repair" add "late" boolean not null default false;`);
    this.addSql(`comment on column "repair"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "repair_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "repair_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
  }
}
