import { Migration } from '@mikro-orm/migrations';

export class Late extends Migration {
  override up(): void {
    this.addSql(`alter table "donation" add "late" boolean not null default false;`);
    this.addSql(`comment on column "donation"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "donation_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "donation_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "honor" add "late" boolean not null default false;`);
    this.addSql(`comment on column "honor"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "honor_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "honor_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "red_listing" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "red_listing"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "red_listing_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "red_listing_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "volunteering" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "volunteering"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "volunteering_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "volunteering_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
  }
}
