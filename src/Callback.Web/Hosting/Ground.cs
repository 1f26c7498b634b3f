using Callback.Database.PersonalData;
using Callback.Web.Settings;
using Npgsql;

namespace Callback.Web.Hosting;

/// <summary>What stands before any service is made: settings, an open database at this program's schema, the keys, the clock.</summary>
internal sealed record Ground(CallbackSettings Settings, Surroundings Surroundings, NpgsqlDataSource Source, Keyring Keyring, TimeProvider Time);
