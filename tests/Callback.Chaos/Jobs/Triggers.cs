using Callback.Chaos.Ground;

namespace Callback.Chaos.Jobs;

/// <summary>What is done to the job scheduler's rows behind its back.</summary>
internal static class Triggers
{
    /// <summary>Every pass is due three times at this moment: its own trigger and two more that fire once.</summary>
    public static Task FireThriceAsync(PgCluster cluster, int round) => cluster.ExecuteAsync($"""
        set lock_timeout = '20s';
        begin;
        insert into qrtz_triggers (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, prev_fire_time, priority, trigger_state, trigger_type, start_time, end_time,
            calendar_name, misfire_instr, job_data)
        select sched_name, trigger_name || '-again-{round}-' || n, trigger_group, job_name, job_group, next_fire_time, -1, priority, 'WAITING', trigger_type, start_time, 0, calendar_name, 0, job_data
        from qrtz_triggers
        cross join generate_series(1, 2) as n
        where trigger_type = 'SIMPLE' and trigger_name = job_name;
        insert into qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval, times_triggered)
        select sched_name, trigger_name, trigger_group, 0, 0, 0
        from qrtz_triggers
        where trigger_name like '%-again-{round}-_';
        update qrtz_triggers t
        set next_fire_time = f.next_fire_time
        from (select min(next_fire_time) as next_fire_time from qrtz_triggers) f
        where trigger_state = 'WAITING';
        commit
        """);

    /// <summary>As if nobody had been there for ten minutes.</summary>
    public static Task MisfireAsync(PgCluster cluster) => cluster.ExecuteAsync("""
        set lock_timeout = '5s';
        update qrtz_triggers
        set next_fire_time = next_fire_time - (600::bigint * 10000000), prev_fire_time = case when prev_fire_time > 0 then prev_fire_time - (600::bigint * 10000000) else prev_fire_time end
        """);

    /// <summary>Triggers that fired at all, and those that are left of the extra ones.</summary>
    public static Task<long> LeftAsync(PgCluster cluster) => cluster.OneAsync<long>("select count(*) from qrtz_triggers where trigger_name like '%-again-%' or trigger_state = 'ERROR'");
}
