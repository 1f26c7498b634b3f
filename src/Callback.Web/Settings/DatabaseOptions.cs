using System.ComponentModel.DataAnnotations;

namespace Callback.Web.Settings;

/// <summary>Which PostgreSQL.</summary>
internal sealed class DatabaseOptions
{
    /// <summary>An Npgsql connection string of your own PostgreSQL 15 or newer; the role must own the database and must not be a superuser. Without it the program runs its own.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The folder of <c>postgres</c> and <c>initdb</c> for the program's own PostgreSQL; by default PATH, then /usr/lib/postgresql.</summary>
    public string? Binaries { get; set; }

    /// <summary>Connections this node opens at most, 2 to 100. About four per processor core of the database, over all nodes, serve best.</summary>
    [Range(2, 100)]
    public int PoolSize { get; set; } = 8;
}
