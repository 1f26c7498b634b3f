using System.Data;
using Dapper;
using Npgsql;

namespace Callback.Database;

/// <summary>The type handlers, registered once for the process. Enums travel as text: pass <c>value.ToString()</c>, read the enum itself.</summary>
public static class DapperSetup
{
    private static readonly Lazy<bool> Once = new(Register);

    public static void Ensure() => _ = Once.Value;

    /// <summary>Makes the data source all of the program shares; the pool stays small on purpose (about four connections per database core).</summary>
    public static NpgsqlDataSource OpenSource(string connectionString, int poolSize = 8)
    {
        Ensure();
        var builder = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = poolSize,
            MaxAutoPrepare = 200,
            AutoPrepareMinUsages = 2,
            // All settings and locks of ours end with their transaction, so a connection carries nothing into the pool that would have to be reset.
            NoResetOnClose = true,
            Timezone = "UTC",
            ApplicationName = "callback",
        };
        return new NpgsqlDataSourceBuilder(builder.ConnectionString).Build();
    }

    private static bool Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new InstantHandler());
        SqlMapper.AddTypeHandler(new ShopIdHandler());
        SqlMapper.AddTypeHandler(new OrderNoHandler());
        SqlMapper.AddTypeHandler(new ArrayHandler<string>());
        SqlMapper.AddTypeHandler(new ArrayHandler<Guid>());
        SqlMapper.AddTypeHandler(new ArrayHandler<int>());
        return true;
    }

    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => value switch
        {
            DateTimeOffset instant => instant,
            DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
            _ => throw new DataException($"Cannot read {value.GetType()} as an instant."),
        };

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value;
    }

    private sealed class ShopIdHandler : SqlMapper.TypeHandler<ShopId>
    {
        public override ShopId Parse(object value) => new((string)value);

        public override void SetValue(IDbDataParameter parameter, ShopId value) => parameter.Value = value.Value;
    }

    private sealed class OrderNoHandler : SqlMapper.TypeHandler<OrderNo>
    {
        public override OrderNo Parse(object value) => OrderNo.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, OrderNo value) => parameter.Value = value.Value;
    }

    /// <summary>Without it a positional record cannot take an array: the reader says only System.Array.</summary>
    private sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
    {
        public override T[] Parse(object value) => (T[])value;

        public override void SetValue(IDbDataParameter parameter, T[]? value) => parameter.Value = (object?)value ?? DBNull.Value;
    }
}
