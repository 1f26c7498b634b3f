-- Learning on invented customers: courses that agents take, their calls, quizzes and reviews; and the shops that ask for a passed course.

-- The preset without hours is for invented customers only.
alter table shops add constraint shops_practice_policy check (policy <> 'practice' or practice);

alter table shops add column required_course text check (required_course <> '');
alter table shops add constraint shops_required_course check (required_course is null or not practice);
comment on column shops.required_course is 'a course of config/practice/courses that an agent has to have passed before being handed a call of this shop';

create table practice_runs (
    shop_id text not null,
    run_id uuid not null,
    agent_id uuid not null references users (user_id),
    course text not null,
    started_at timestamptz not null,
    passed_at timestamptz,
    primary key (shop_id, run_id)
);
comment on table practice_runs is 'one agent at one course; begun once, and gone on with until it is passed';
create unique index practice_runs_one_each on practice_runs (shop_id, agent_id, course);

create table practice_calls (
    shop_id text not null,
    order_no text not null,
    run_id uuid not null,
    agent_id uuid not null,
    call_id text not null,
    customer text not null,
    seed integer not null,
    made_at timestamptz not null,
    place bigint generated always as identity,
    primary key (shop_id, order_no),
    foreign key (shop_id, run_id) references practice_runs
);
comment on table practice_calls is 'an invented order, the customer who answers for it, and the agent it is kept for';
comment on column practice_calls.place is 'makes number and buyer of every invented order its own';
create index practice_calls_of_agent on practice_calls (shop_id, agent_id, made_at);
create index practice_calls_of_run on practice_calls (shop_id, run_id, call_id);

create table practice_reviews (
    shop_id text not null,
    attempt_id uuid not null,
    run_id uuid,
    agent_id uuid not null,
    call_id text,
    customer text not null,
    points integer not null check (points between 0 and 100),
    parts jsonb not null,
    reviewed_at timestamptz not null,
    primary key (shop_id, attempt_id),
    foreign key (shop_id, run_id) references practice_runs,
    check ((run_id is null) = (call_id is null))
);
create index practice_reviews_of_run on practice_reviews (shop_id, run_id);

create table practice_quizzes (
    shop_id text not null,
    run_id uuid not null,
    quiz_id uuid not null,
    answers jsonb not null,
    right_answers integer not null,
    asked integer not null check (asked > 0),
    taken_at timestamptz not null,
    primary key (shop_id, run_id, quiz_id),
    foreign key (shop_id, run_id) references practice_runs,
    check (right_answers between 0 and asked)
);

create table course_passes (
    shop_id text not null,
    user_id uuid not null references users (user_id),
    course text not null,
    passed_at timestamptz not null,
    primary key (shop_id, user_id, course)
);
comment on table course_passes is 'written into every shop of the agent, so that a pass outlives the membership in the practice shop';

call protect_by_shop('practice_runs');
call protect_by_shop('practice_calls');
call protect_by_shop('practice_reviews');
call protect_by_shop('practice_quizzes');
call protect_by_shop('course_passes');
