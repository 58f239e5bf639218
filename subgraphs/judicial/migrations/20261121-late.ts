import { Migration } from '@mikro-orm/migrations';

export class Late extends Migration {
  override up(): void {
    this.addSql(`alter table "enforcement" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "enforcement"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "enforcement_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "enforcement_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "judgment" add "late" boolean not null default false;`);
    this.addSql(`comment on column "judgment"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "judgment_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "judgment_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
  }
}
