using Callback.Database;
using Callback.Tests.Support;
using Npgsql;

namespace Callback.Tests.Database;

public sealed class MigratorTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task A_second_run_applies_nothing() =>
        Assert.Empty(await new Migrator(database.Source).RunAsync(CancellationToken.None));

    [Fact]
    public void A_database_newer_than_the_program_is_refused()
    {
        var applied = Migration.All.Select(migration => (migration.Name, migration.Checksum)).Append(("9999_future", new byte[32])).ToList();
        var refusal = Assert.Throws<SchemaException>(() => Migrator.Pending(applied, Migration.All));
        Assert.Contains("9999_future", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_edited_migration_is_refused()
    {
        var applied = Migration.All.Select(migration => (migration.Name, new byte[32])).Take(1).ToList();
        Assert.Throws<SchemaException>(() => Migrator.Pending(applied, Migration.All));
    }

    [Fact]
    public async Task Two_nodes_starting_at_once_migrate_once()
    {
        var name = $"fresh_{Ids.New(TimeProvider.System):N}";
        await using var server = NpgsqlDataSource.Create(TestDatabase.Server);
        await using (var create = server.CreateCommand($"create database {name}"))
            await create.ExecuteNonQueryAsync();
        try
        {
            await using var source = DapperSetup.OpenSource(TestDatabase.For(name));
            var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => new Migrator(source).RunAsync(CancellationToken.None)));
            Assert.Equal(Migration.All.Count, runs.Sum(run => run.Count));
            Assert.Single(runs, run => run.Count > 0);
        }
        finally
        {
            await using var drop = server.CreateCommand($"drop database {name} with (force)");
            await drop.ExecuteNonQueryAsync();
        }
    }
}
