using Callback.Calls;
using Callback.Database;
using Callback.Database.Clock;
using Callback.Database.Embedded;
using Callback.Database.PersonalData;
using Callback.Database.Recovery;
using Callback.Tests.Support;

namespace Callback.Tests.Database.Recovery;

public sealed class RestoreTests(OwnCluster own) : IClassFixture<OwnCluster>
{
    [Fact]
    public async Task A_database_that_never_dialed_is_not_taken_for_the_old_one_either()
    {
        var restored = await own.RestoreAsync(own.Backup, own.Under("never"));
        Assert.Equal((2, null), (restored.Timeline, restored.SetAside));
        await using var postgres = await EmbeddedPostgres.OpenAsync(new(own.Under("never")), serve: true, default);
        var database = await TestDatabase.OverAsync(postgres.ConnectionString);
        var health = new ClockHealth();
        await new ClockBeat(database.Source, new(TimeProvider.System), health, new(null)).RunOnceAsync(default);
        await using (var session = await database.Db.BeginAsync(ShopScope.All, default))
        {
            var (clock, refusal) = await GateClock.AskAsync(session, TimeProvider.System, new(null), default);
            Assert.Equal(("EpochChanged", own.Made.SystemIdentifier, 0, 2), (refusal, clock.KnownSystem, clock.KnownTimeline, clock.Timeline));
            Assert.False(clock.IsPromoted);
            // Where adoption begins to look: a beat of the restored program must not move it.
            Assert.True(clock.Mark <= own.Made.At);
        }
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_was_signed_in_is_signed_out_and_the_restore_is_written_down()
    {
        var restored = await own.RestoreAsync(own.Backup, own.Under("signed"));
        await using var postgres = await EmbeddedPostgres.OpenAsync(new(own.Under("signed")), serve: false, default);
        var database = await TestDatabase.OverAsync(postgres.ConnectionString);
        await using (var session = await database.Db.BeginAsync(ShopScope.All, default))
        {
            await session.ExecuteAsync(
                """
                insert into users (user_id, name, display_name, security_stamp, created_at) values (@id, 'mei', 'Mei', 'x', @Now);
                insert into user_sessions (session_id, token_hash, user_id, network, browser, created_at, seen_at) values (@id, sha256('x'), @id, '::1', 'x', @Now, @Now)
                """,
                new { id = Ids.New(OwnCluster.Now), OwnCluster.Now },
                default);
            await session.CommitAsync();
        }
        Assert.Equal(1, await new RecordRestore(database.Db).RunAsync(Actor.System("test"), restored, default));
        await using (var session = await database.Db.BeginAsync(ShopScope.All, default))
        {
            Assert.Equal("Revoked", await session.QuerySingleAsync<string>("select end_reason from user_sessions", null, default));
            Assert.Equal("2", await session.QuerySingleAsync<string>("select details ->> 'now' from audit where action = 'database.restored'", null, default));
        }
        await database.DisposeAsync();
    }

    [Fact]
    public async Task A_database_that_is_there_is_refused_and_with_replace_set_aside()
    {
        var data = own.Under("taken");
        await own.RestoreAsync(own.Backup, data);
        await File.WriteAllTextAsync(Path.Combine(data, "postgres", "mine"), "kept");
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.RestoreAsync(own.Backup, data));
        Assert.Contains("--replace", refusal.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(data, "postgres", "mine")));

        var restored = await own.RestoreAsync(own.Backup, data, replace: true);

        Assert.Equal(Path.Combine(data, "before-restore-20261123T030500Z"), restored.SetAside);
        Assert.Equal(new LostRecords(0, 0, 0, 0), restored.Lost);
        Assert.True(File.Exists(Path.Combine(restored.SetAside!, "postgres", "mine")));
        Assert.Equal(own.Keys.ToJson(), await File.ReadAllTextAsync(Path.Combine(restored.SetAside!, "keyring.json")));
        Assert.False(File.Exists(Path.Combine(data, "postgres", "mine")));
        await using var postgres = await EmbeddedPostgres.OpenAsync(new(data), serve: true, default);
    }

    [Fact]
    public async Task A_running_program_is_not_restored_under()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.RestoreAsync(own.Backup, own.Data, replace: true));
        Assert.Contains("already serves", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(1, await own.Database.Source.CreateCommand("select 1").ExecuteScalarAsync());
        Assert.Empty(Directory.EnumerateDirectories(own.Data, "before-restore-*"));
    }

    [Fact]
    public async Task A_restore_that_was_interrupted_in_the_exchange_is_no_empty_folder()
    {
        var data = own.Under("interrupted");
        await own.RestoreAsync(own.Backup, data);
        Directory.Move(Path.Combine(data, "postgres"), Path.Combine(data, "postgres.new"));
        await File.WriteAllTextAsync(Path.Combine(data, "restore-interrupted"), own.Backup);

        var refusal = await Assert.ThrowsAsync<RefusalException>(() => EmbeddedPostgres.OpenAsync(new(data), serve: true, default));
        Assert.Contains("was interrupted", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(data, "postgres")));

        await own.RestoreAsync(own.Backup, data, replace: true);
        await using var postgres = await EmbeddedPostgres.OpenAsync(new(data), serve: true, default);
    }

    [Fact]
    public async Task Other_keys_are_refused_before_anything_is_made()
    {
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.RestoreAsync(own.Backup, own.Under("keys"), keys: Keyring.Create()));
        Assert.Contains("not the one of the backup", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(own.Under("keys")));
    }

    [Theory]
    [InlineData("database/global/pg_control", "is damaged")]
    [InlineData("database/backup_manifest", "is damaged")]
    [InlineData("database/base/1/1259", "is damaged")]
    [InlineData("manifest.json", "was changed")]
    [InlineData("manifest.seal", "was changed")]
    public async Task A_changed_byte_anywhere_is_named_and_nothing_is_made(string file, string says)
    {
        var backup = await own.CopyAsync($"changed-{Path.GetFileName(file)}");
        await using (var stream = File.Open(Path.Combine(backup, file), FileMode.Open))
        {
            stream.Position = file.StartsWith("database", StringComparison.Ordinal) ? stream.Length / 2 : Position(file);
            var value = stream.ReadByte();
            stream.Position--;
            stream.WriteByte((byte)(value == '1' ? '2' : '1'));
        }
        var refusal = await Assert.ThrowsAsync<RefusalException>(() => own.RestoreAsync(backup, own.Under("spoilt")));
        Assert.Contains(says, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(backup, refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(own.Under("spoilt")));
    }

    [Theory]
    [InlineData("database/base/1/1259")]
    [InlineData("database/pg_wal")]
    [InlineData("manifest.seal")]
    public async Task A_missing_part_is_named_and_nothing_is_made(string part)
    {
        var backup = await own.CopyAsync($"missing-{Path.GetFileName(part)}");
        if (Directory.Exists(Path.Combine(backup, part)))
            Directory.Delete(Path.Combine(backup, part), recursive: true);
        else
            File.Delete(Path.Combine(backup, part));
        await Assert.ThrowsAsync<RefusalException>(() => own.RestoreAsync(backup, own.Under("spoilt")));
        Assert.False(Directory.Exists(own.Under("spoilt")));
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_left_to_that_program()
    {
        var backup = await own.CopyAsync("newer");
        var folder = new BackupFolder(backup);
        folder.Write(folder.Read(own.Keys) with { Schema = "9999_from_the_future" }, own.Keys);
        await Assert.ThrowsAsync<SchemaException>(() => own.RestoreAsync(backup, own.Under("spoilt")));
        Assert.False(Directory.Exists(own.Under("spoilt")));
    }

    /// <summary>A digit of the program's form; the seal's first letter.</summary>
    private static int Position(string file) => file == "manifest.json" ? 40 : 0;
}
