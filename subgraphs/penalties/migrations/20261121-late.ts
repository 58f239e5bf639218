import { Migration } from '@mikro-orm/migrations';

export class Late extends Migration {
  override up(): void {
    this.addSql(`alter table "abnormal_listing" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "abnormal_listing"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "abnormal_listing_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "abnormal_listing_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "administrative_act" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "administrative_act"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "administrative_act_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "administrative_act_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "administrative_penalty" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "administrative_penalty"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "administrative_penalty_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "administrative_penalty_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "arrears" add "late" boolean not null default false;`);
    this.addSql(`comment on column "arrears"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "arrears_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "arrears_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "coercive_measure" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "coercive_measure"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "coercive_measure_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "coercive_measure_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "contract_record" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "contract_record"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "contract_record_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "contract_record_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "inspection" add "late" boolean not null default false;`);
    this.addSql(`comment on column "inspection"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "inspection_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "inspection_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "severe_listing" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "severe_listing"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "severe_listing_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "severe_listing_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
  }
}
