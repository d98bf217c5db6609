import { datasourcesFile } from '../../../components/grafana/datasources';
import { Duration } from '../../../config/units';
import { defaultDatasource } from '../../../proof/queries/datasource';

const ours = datasourcesFile({
  queryUrl: 'http://query',
  alertmanagerUrl: 'http://alertmanager',
  scrapeInterval: Duration.parse('1m'),
});

describe('how Grafana asks', () => {
  it('is what the default among its provisioned datasources says', () => {
    expect(defaultDatasource(['apiVersion: 1\ndatasources:', ours])).toEqual({
      scrapeInterval: 60,
      besides: { max_source_resolution: 'auto' },
    });
  });

  it('is unknown without a default', () => {
    expect(() => defaultDatasource(['apiVersion: 1\ndatasources:'])).toThrow('no default datasource');
  });
});
