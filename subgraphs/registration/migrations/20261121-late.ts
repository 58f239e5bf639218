import { Migration } from '@mikro-orm/migrations';

export class Late extends Migration {
  override up(): void {
    this.addSql(`alter table "certification" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "certification"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "certification_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "certification_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "commitment" add "late" boolean not null default false;`);
    this.addSql(`comment on column "commitment"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "commitment_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "commitment_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "declaration" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "declaration"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "declaration_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "declaration_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "evaluation" add "late" boolean not null default false;`);
    this.addSql(`comment on column "evaluation"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "evaluation_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "evaluation_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "permit" add "late" boolean not null default false;`);
    this.addSql(`comment on column "permit"."late" is '逾期报送: submitted after its due date [ZD-11]';`);
    this.addSql(`alter table "permit_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "permit_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "qualification" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "qualification"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "qualification_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "qualification_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "registration" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "registration"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "registration_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "registration_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "responsible_person" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "responsible_person"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
    this.addSql(`alter table "responsible_person_archive" add "late" boolean not null default false;`);
    this.addSql(
      `comment on column "responsible_person_archive"."late" is '逾期报送: submitted after its due date [ZD-11]';`,
    );
  }
}
